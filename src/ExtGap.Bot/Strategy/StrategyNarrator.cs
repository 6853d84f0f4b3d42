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
    private Trade? _closed;

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

    /// <summary>A message that is no event of the engine's.</summary>
    public OutboxText Render(BotMessage message, Instant at) =>
        new(at, texts.Render(message), texts.RenderLine(message), IsGap: message is BotMessage.GapFound);

    private Trade? TakeClosed()
    {
        var closed = _closed;
        _closed = null;
        return closed;
    }
}
