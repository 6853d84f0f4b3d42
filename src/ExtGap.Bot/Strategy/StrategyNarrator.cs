using ExtGap.Bot.Ledger;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Strategy;

/// <summary>What a candle's events are told with.</summary>
/// <param name="Price">The candle's close, or its open where it has just opened.</param>
/// <param name="Before">The trend before it.</param>
/// <param name="Position">The open position after it.</param>
/// <param name="IsCaughtUp">Whether it happened so long ago that it is told as such.</param>
/// <param name="Now">The exchange's time.</param>
internal readonly record struct EventContext(Price Price, Trend Before, Position? Position, bool IsCaughtUp, Instant Now);

/// <summary>Puts what happens into messages for the chats.</summary>
internal sealed class StrategyNarrator(MessageTexts texts, MessageOrigin origin, TimeSpan maxHold)
{
    // Later than that after its boundary a report is told as one of the past.
    private static readonly TimeSpan LateReport = TimeSpan.FromMinutes(5);

    private Trade? _closed;

    private Timeframe Timeframe => origin.Instrument.Timeframe;

    public MessageOrigin Origin => origin;

    /// <summary>The message of an event; none where the next event's message tells it too.</summary>
    public OutboxText? Tell(EngineEvent happened, EventContext context)
    {
        switch (happened)
        {
            case EngineEvent.GapDetected { Gap: var gap }:
                return Render(new BotMessage.GapFound
                {
                    Origin = origin,
                    Gap = gap,
                    Close = context.Price,
                    Before = context.Before,
                    Position = context.Position,
                    CaughtUp = context.IsCaughtUp,
                }, context.Now);
            case EngineEvent.PositionClosed { Trade: { Reason: CloseReason.Expiry } trade }:
                return Render(new BotMessage.PositionExpired { Origin = origin, Trade = trade, MaxHold = maxHold, CaughtUp = context.IsCaughtUp }, context.Now);
            case EngineEvent.PositionClosed { Trade: var trade }:
                _closed = trade;
                return null;
            case EngineEvent.TradeCorrected { Right: var trade }:
                _closed = trade;
                return null;
            case EngineEvent.EntryExecuted { Position: var position }:
                return Render(new BotMessage.EntryExecuted { Origin = origin, Position = position, Closed = TakeClosed(), CaughtUp = context.IsCaughtUp }, context.Now);
            case EngineEvent.EntryCorrected { Wrong: var wrong, Right: var right }:
                return Render(new BotMessage.EntryCorrected
                {
                    Origin = origin,
                    Wrong = wrong,
                    Right = right,
                    Closed = TakeClosed(),
                    CaughtUp = context.IsCaughtUp,
                }, context.Now);
            default:
                throw new InvalidOperationException($"{nameof(EngineEvent)} has a case {happened.GetType().Name} that is not told.");
        }
    }

    /// <summary>The bot has started.</summary>
    /// <param name="engine">Where the ledger has left it.</param>
    /// <param name="from">Open time of the first candle that it follows.</param>
    /// <param name="now">The exchange's time.</param>
    public OutboxText Started(StrategyEngine engine, Instant from, Instant now) => Render(new BotMessage.Started
    {
        Origin = origin,
        At = now,
        ContinuedFrom = LastCloseTime(engine),
        CandlesCaughtUp = Math.Max(0, (long)((Timeframe.Floor(now) - from) / Timeframe.NominalLength)),
        Trend = engine.Trend,
        Trader = engine.Trader,
    }, now);

    /// <summary>Statistics are due, or were while the bot was down.</summary>
    public OutboxText Statistics(StrategyEngine engine, Instant boundary, Instant now, Price? lastClose, FeedHealth health, TimeSpan uptime) => Render(new BotMessage.Statistics
    {
        Origin = origin,
        At = boundary,
        Gaps = engine.Gaps,
        Trend = engine.Trend,
        Trader = engine.Trader,
        LastClose = lastClose,
        Uptime = uptime,
        Feed = health with { LastCandle = LastCloseTime(engine) },
        CaughtUp = now - boundary >= LateReport && now - boundary >= Timeframe.NominalLength,
    }, now);

    /// <summary>The bot stops.</summary>
    public OutboxText Stopped(StrategyEngine engine, StopReason reason, string? detail, Instant now, TimeSpan uptime) =>
        Render(new BotMessage.Stopped { Origin = origin, At = now, Reason = reason, Detail = detail, Trader = engine.Trader, Uptime = uptime }, now);

    private Instant? LastCloseTime(StrategyEngine engine) => engine.LastCandle is { } last ? Timeframe.CloseTimeOf(last) : null;

    private Trade? TakeClosed()
    {
        var closed = _closed;
        _closed = null;
        return closed;
    }

    private OutboxText Render(BotMessage message, Instant at) =>
        new(at, texts.Render(message), texts.RenderLine(message), IsGap: message is BotMessage.GapFound);
}
