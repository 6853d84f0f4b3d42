using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;

namespace ExtGap.Core.Tests.Support;

/// <summary>What a ledger does with snapshots: takes them apart into plain values and puts them together again.</summary>
internal static class Snapshots
{
    public static StrategyEngine Restart(StrategyEngine engine, TradingOptions options)
    {
        var snapshot = Rebuild(engine.Snapshot());
        return new(snapshot.Algorithm, options, snapshot);
    }

    public static void AssertSame(EngineSnapshot expected, EngineSnapshot actual)
    {
        Assert.Equal(expected.Detector.GroupLows, actual.Detector.GroupLows);
        Assert.Equal(expected.Detector.GroupHighs, actual.Detector.GroupHighs);
        Assert.Equal(WithoutGroup(expected), WithoutGroup(actual));
    }

    public static EngineSnapshot Rebuild(EngineSnapshot snapshot) => new()
    {
        Algorithm = snapshot.Algorithm,
        LastCandle = Rebuild(snapshot.LastCandle),
        Detector = new()
        {
            CandleCount = snapshot.Detector.CandleCount,
            Bearish = Rebuild(snapshot.Detector.Bearish),
            Bullish = Rebuild(snapshot.Detector.Bullish),
            HasGap = snapshot.Detector.HasGap,
            GroupLows = [.. snapshot.Detector.GroupLows.Select(Rebuild)],
            GroupHighs = [.. snapshot.Detector.GroupHighs.Select(Rebuild)],
        },
        Trend = new(snapshot.Trend.Polarity, snapshot.Trend.SequenceNumber),
        Gaps = new()
        {
            Bullish = snapshot.Gaps.Bullish,
            Bearish = snapshot.Gaps.Bearish,
            Reversals = snapshot.Gaps.Reversals,
            First = Rebuild(snapshot.Gaps.First),
            Last = Rebuild(snapshot.Gaps.Last),
        },
        Trader = Rebuild(snapshot.Trader),
        Provisional = snapshot.Provisional is { } entry ? new(entry.OpenTime, Rebuild(entry.Open), Rebuild(entry.Before)) : null,
    };

    private static EngineSnapshot WithoutGroup(EngineSnapshot snapshot) =>
        snapshot with { Detector = snapshot.Detector with { GroupLows = [], GroupHighs = [] } };

    private static Extreme Rebuild(Extreme extreme) => new(extreme.Rank, extreme.Index, new(extreme.OpenTime.UnixMilliseconds));

    private static Instant? Rebuild(Instant? instant) => instant is { } there ? new(there.UnixMilliseconds) : null;

    private static Price Rebuild(Price price) => Price.FromUnits(price.Units);

    private static TraderState Rebuild(TraderState state) => new(
        state.PendingEntry,
        state.Position is { } position ? Rebuild(position) : null,
        Rebuild(state.Statistics));

    private static Position Rebuild(Position position) => new()
    {
        Side = position.Side,
        EntryTime = position.EntryTime,
        EntryPrice = Rebuild(position.EntryPrice),
        Notional = position.Notional,
        EntryFeeRate = position.EntryFeeRate,
        ExitFeeRate = position.ExitFeeRate,
    };

    private static TradeStatistics Rebuild(TradeStatistics statistics) => new()
    {
        Wins = statistics.Wins,
        Losses = statistics.Losses,
        Breakevens = statistics.Breakevens,
        WinSum = statistics.WinSum,
        LossSum = statistics.LossSum,
        Fees = statistics.Fees,
        Volume = statistics.Volume,
        PeakProfit = statistics.PeakProfit,
        MaxDrawdown = statistics.MaxDrawdown,
    };
}
