using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;
using ExtGap.Core.Trading;

namespace ExtGap.Core.Tests.Trading;

public sealed class EntryTests
{
    private static readonly TradingOptions Larger = new() { Notional = 5000m, EntryFeeRate = 0.001m, ExitFeeRate = 0.002m };

    [Fact]
    public void The_first_gap_and_one_of_the_same_polarity_open_nothing()
    {
        var run = Run(new Series("1h").Bar(100, 101).Bar(102, 103).Bar(104, 105).Bar(104, 105));

        Assert.Equal(2, run.Gaps.Count);
        Assert.Empty(run.Entries);
        Assert.Null(run.Engine.Trader.PendingEntry);
    }

    [Theory]
    [InlineData(GapAlgorithm.Group)]
    [InlineData(GapAlgorithm.Simple)]
    [InlineData(GapAlgorithm.Corrected)]
    public void A_reversal_waits_for_the_next_candle(GapAlgorithm algorithm)
    {
        var run = EngineRun.Of(algorithm, new Series("1h").ShortSignal());

        Assert.Equal(Side.Short, run.Engine.Trader.PendingEntry);
        Assert.Empty(run.Entries);
    }

    [Fact]
    public void After_a_hole_the_entry_takes_the_next_candle_there_is()
    {
        var series = new Series("1h").ShortSignal().Hole(400).Bar(99, 100, 99.25m, 99);

        var entry = Assert.Single(Run(series).Entries);

        Assert.Equal(series.Last().OpenTime, entry.EntryTime);
        Assert.Equal(Price.Parse("99.25"), entry.EntryPrice);
    }

    [Fact]
    public void A_position_keeps_the_notional_and_fees_with_which_it_was_entered()
    {
        var series = new Series("1h").ShortSignal().Quiet(1);
        var restarted = new EngineRun(Snapshots.Restart(Run(series).Engine, Larger));

        restarted.CloseAll(series.Bar(101, 102).Bar(101, 102).Skip(4));

        var trade = Assert.Single(restarted.Trades);
        Assert.Equal((1000m, 0.6m), (trade.Position.Notional, trade.Position.Fees));
        var next = Assert.Single(restarted.Entries);
        Assert.Equal((5000m, 15m), (next.Notional, next.Fees));
    }

    [Fact]
    public void A_corrected_entry_is_the_same_entry_with_its_own_notional_whatever_the_options_have_become_since()
    {
        var series = new Series("1h").ShortSignal();
        var run = Run(series);
        run.CandleOpened(series.Next, Price.Parse("99.5"));
        var wrong = run.Entries[^1];

        var events = new List<EngineEvent>();
        var restarted = Snapshots.Restart(run.Engine, Larger);
        restarted.CandleClosed(series.Quiet(1).Last(), events);

        var right = wrong with { EntryPrice = Price.Parse("100") };
        Assert.Equal(new EngineEvent.EntryCorrected(wrong, right), Assert.Single(events));
        Assert.Equal(right, restarted.Trader.Position);
    }

    [Fact]
    public void Corrections_come_trade_first_and_restore_what_all_trades_come_to()
    {
        var series = new Series("1h").ShortSignal().Quiet(1).Bar(101, 102);
        var run = Run(series);
        run.CandleOpened(series.Next, Price.Parse("90"));
        Assert.Equal(1, run.Engine.Trader.Statistics.Wins);

        run.CandleClosed(series.Bar(99, 102, 101, 102).Last());

        var corrected = Assert.IsType<EngineEvent.TradeCorrected>(run.Events[^2]).Right;
        Assert.IsType<EngineEvent.EntryCorrected>(run.Events[^1]);
        Assert.Equal((1, Price.Parse("101")), (corrected.Number, corrected.ExitPrice));
        Assert.Equal((0, 1, 0m), (corrected.Cumulative.Wins, corrected.Cumulative.Losses, corrected.Cumulative.PeakProfit));
        Assert.Equal(corrected.Cumulative, run.Engine.Trader.Statistics);
    }

    private static EngineRun Run(IEnumerable<Candle> candles) => EngineRun.Of(GapAlgorithm.Group, candles);
}
