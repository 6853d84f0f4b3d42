using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Telegram.Texts;

/// <summary>Something that the chats are told. The cases are all here.</summary>
internal abstract record BotMessage
{
    private BotMessage()
    {
    }

    public required MessageOrigin Origin { get; init; }

    /// <summary>When it happened, in the exchange's time.</summary>
    public abstract Instant HappenedAt { get; }

    /// <summary>Whether it happened while the bot was down and is told afterwards. A start and a stop never are.</summary>
    public bool CaughtUp { get; init; }

    /// <summary>The bot has started and caught up; what it says is the state after that.</summary>
    public sealed record Started : BotMessage
    {
        public required Instant At { get; init; }

        /// <summary>Close time of the last candle that the ledger had; none for a new ledger.</summary>
        public Instant? ContinuedFrom { get; init; }

        /// <summary>Closed candles that were fetched before the first live one.</summary>
        public long CandlesCaughtUp { get; init; }

        public required Trend Trend { get; init; }

        public required TraderState Trader { get; init; }

        /// <summary>Close of the last candle, at which the position is valued.</summary>
        public Price? LastClose { get; init; }

        public override Instant HappenedAt => At;
    }

    /// <summary>A gap: the first, a further one of its polarity, or a reversal, whose entry is pending.</summary>
    public sealed record GapFound : BotMessage
    {
        public required ExternalGap Gap { get; init; }

        /// <summary>Close of the detection bar, at which the position is valued.</summary>
        public required Price Close { get; init; }

        /// <summary>The trend that the gap found; only a reversal tells of it.</summary>
        public Trend Before { get; init; }

        /// <summary>The open position; a reversal's entry will close it.</summary>
        public Position? Position { get; init; }

        public override Instant HappenedAt => Gap.DetectionBar;
    }

    /// <summary>A pending entry was executed at a candle's open.</summary>
    public sealed record EntryExecuted : BotMessage
    {
        public required Position Position { get; init; }

        /// <summary>The opposite position that it closed; none where the bot was flat.</summary>
        public Trade? Closed { get; init; }

        public override Instant HappenedAt => Position.EntryTime;
    }

    /// <summary>A position has lasted as long as one may (24 h, unless configured) and was closed.</summary>
    public sealed record PositionExpired : BotMessage
    {
        public required Trade Trade { get; init; }

        /// <summary>How long a position may last.</summary>
        public required TimeSpan MaxHold { get; init; }

        public override Instant HappenedAt => Trade.ExitTime;
    }

    /// <summary>The closed candle had another open than the one at which an entry was executed.</summary>
    public sealed record EntryCorrected : BotMessage
    {
        public required Position Wrong { get; init; }

        public required Position Right { get; init; }

        /// <summary>The trade that the entry closed, as it is now; none where the bot was flat.</summary>
        public Trade? Closed { get; init; }

        public override Instant HappenedAt => Right.EntryTime;
    }

    /// <summary>What it all comes to, at a boundary of the statistics' interval.</summary>
    public sealed record Statistics : BotMessage
    {
        /// <summary>The boundary; where several passed while the bot was down, the last.</summary>
        public required Instant At { get; init; }

        public required GapStatistics Gaps { get; init; }

        public required Trend Trend { get; init; }

        public required TraderState Trader { get; init; }

        /// <summary>Close of the last candle, at which the position is valued.</summary>
        public Price? LastClose { get; init; }

        public required TimeSpan Uptime { get; init; }

        public required FeedHealth Feed { get; init; }

        public override Instant HappenedAt => At;
    }

    /// <summary>The bot stops. Position and pending entry stay as they are.</summary>
    public sealed record Stopped : BotMessage
    {
        public required Instant At { get; init; }

        public required StopReason Reason { get; init; }

        /// <summary>More about the reason, in the log's words: the signal, or the error.</summary>
        public string? Detail { get; init; }

        public required TraderState Trader { get; init; }

        public required TimeSpan Uptime { get; init; }

        public override Instant HappenedAt => At;
    }
}

/// <summary>Why a bot stops.</summary>
internal enum StopReason
{
    /// <summary>It was asked to: SIGTERM, Ctrl-C.</summary>
    Requested,

    /// <summary>The supervisor that started it is gone.</summary>
    SupervisorGone,

    /// <summary>It can't go on.</summary>
    Failed,
}
