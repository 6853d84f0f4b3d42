using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;
using ExtGap.Core.Trading;

namespace ExtGap.Core.Tests.Trading;

public sealed class ExpiryTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Theory]
    [InlineData("1h", 24)]
    [InlineData("15m", 96)]
    [InlineData("6h", 4)]
    [InlineData("1d", 1)]
    public void A_position_is_closed_at_the_close_of_the_candle_that_ends_24_hours_after_its_entry(string timeframe, int candles)
    {
        var series = new Series(timeframe).ShortSignal();
        var entry = series.Next;

        var run = Run(series.Quiet(candles - 1));
        Assert.Empty(run.Trades);

        run = Run(series.Bar(99, 100, 100, 99.5m));
        var trade = Assert.Single(run.Trades);
        Assert.Equal(entry, trade.Position.EntryTime);
        Assert.Equal(entry + Day - TimeSpan.FromMilliseconds(1), trade.ExitTime);
        Assert.Equal(Price.Parse("99.5"), trade.ExitPrice);
        Assert.Equal(CloseReason.Expiry, trade.Reason);
        Assert.Null(run.Engine.Trader.Position);
    }

    [Fact]
    public void Where_that_candle_is_missing_the_next_one_there_is_closes_the_position()
    {
        var series = new Series("1h").ShortSignal().Quiet(3).Hole(70).Quiet(1);

        var trade = Assert.Single(Run(series).Trades);

        Assert.Equal(series.Last().CloseTime, trade.ExitTime);
    }

    [Fact]
    public void The_entry_of_the_same_candle_comes_first_so_the_old_position_is_reversed_and_the_new_one_stays()
    {
        // The 23rd candle of the short position makes a bullish gap; the 24th, which would let it expire, executes the long entry.
        var series = new Series("1h").ShortSignal().Quiet(22).Bar(101, 102);
        var run = Run(series.Bar(101, 102));

        var trade = Assert.Single(run.Trades);
        Assert.Equal(CloseReason.Reverse, trade.Reason);
        Assert.Equal(series.Last().OpenTime, trade.ExitTime);
        Assert.Equal(Side.Long, run.Engine.Trader.Position?.Side);
    }

    [Fact]
    public void A_position_as_short_as_one_candle_of_a_day_expires_right_after_its_entry()
    {
        var run = Run(new Series("1d").ShortSignal().Quiet(1));

        Assert.IsType<EngineEvent.EntryExecuted>(run.Events[^2]);
        Assert.Equal(CloseReason.Expiry, Assert.IsType<EngineEvent.PositionClosed>(run.Events[^1]).Trade.Reason);
    }

    [Fact]
    public void Expiry_comes_before_the_search_for_a_gap()
    {
        var run = Run(new Series("1h").ShortSignal().Quiet(23).Bar(101, 102));

        Assert.Equal(CloseReason.Expiry, Assert.IsType<EngineEvent.PositionClosed>(run.Events[^2]).Trade.Reason);
        Assert.True(Assert.IsType<EngineEvent.GapDetected>(run.Events[^1]).Gap.IsReversal);
        Assert.Equal(Side.Long, run.Engine.Trader.PendingEntry);
    }

    [Fact]
    public void After_an_expiry_the_bot_is_flat_until_the_next_reversal()
    {
        var series = new Series("1h").ShortSignal().Quiet(24).Bar(97, 98).Bar(95, 96).Bar(94, 95);
        var run = Run(series);
        Assert.Equal([1, 2, 3, 4], run.Gaps.Skip(1).Select(gap => gap.SequenceNumber));
        Assert.Null(run.Engine.Trader.Position);
        Assert.Null(run.Engine.Trader.PendingEntry);
        Assert.Single(run.Entries);

        run = Run(series.Bar(98, 99).Quiet(1));
        Assert.Equal(Side.Long, run.Engine.Trader.Position?.Side);
        Assert.Single(run.Trades);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(60, 1)]
    [InlineData(61, 2)]
    [InlineData(180, 3)]
    [InlineData(24 * 60 * 10, null)]
    public void Another_span_or_none_can_be_set(int minutes, int? candles)
    {
        var run = Run(new Series("1h").ShortSignal().Quiet(100), new() { MaxHold = TimeSpan.FromMinutes(minutes) });

        Assert.Equal(
            candles is null ? [] : [TimeSpan.FromHours(candles.Value) - TimeSpan.FromMilliseconds(1)],
            run.Trades.Select(trade => trade.ExitTime - trade.Position.EntryTime));
    }

    [Fact]
    public void After_a_restart_another_span_counts_from_the_next_candle()
    {
        var series = new Series("1h").ShortSignal().Quiet(10);
        var restarted = new EngineRun(Snapshots.Restart(Run(series).Engine, new() { MaxHold = TimeSpan.FromHours(2) }));

        restarted.CandleClosed(series.Quiet(1).Last());

        var trade = Assert.IsType<EngineEvent.PositionClosed>(Assert.Single(restarted.Events)).Trade;
        Assert.Equal(series.Last().CloseTime, trade.ExitTime);
    }

    private static EngineRun Run(IEnumerable<Candle> candles, TradingOptions? options = null) => EngineRun.Of(GapAlgorithm.Group, candles, options);
}
