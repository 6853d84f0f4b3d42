using ExtGap.Core.Trading;

namespace ExtGap.Bot.Telegram.Texts;

/// <summary>What the chats are told, in one language: messages in, Telegram's HTML out.</summary>
internal sealed class MessageTexts
{
    private static readonly MessageTexts English = new(new EnglishWording());
    private static readonly MessageTexts French = new(new FrenchWording());

    private readonly Wording _words;

    private MessageTexts(Wording words) => _words = words;

    public static MessageTexts For(Language language) => language switch
    {
        Language.English => English,
        Language.French => French,
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "The bot doesn't speak it."),
    };

    /// <summary>A message as HTML, at most <see cref="TelegramText.MaxLength"/> long whatever it is given.</summary>
    public string Render(BotMessage message)
    {
        var to = new MessageWriter(_words, message.Origin);
        var (mark, essence) = TitleOf(message);
        to.Title(message.CaughtUp ? $"{Marks.CaughtUp} {mark}" : mark, essence);
        if (message.CaughtUp)
        {
            var time = _words.Format.Time(message.HappenedAt);
            to.Line(message is BotMessage.Statistics ? _words.DueEarlier(time) : _words.HappenedEarlier(time));
        }

        WriteBody(to, message);
        return to.End(message.CaughtUp ? null : message.HappenedAt);
    }

    /// <summary>
    /// The one line of plain text that stands for a message in <see cref="Fold"/>: kept beside the message while it waits.
    /// None for a message that always stands alone.
    /// </summary>
    public string? RenderLine(BotMessage message)
    {
        var line = message switch
        {
            BotMessage.GapFound gap => GapText.Line(_words, gap),
            BotMessage.EntryExecuted entry => TradeText.Line(_words, entry),
            BotMessage.PositionExpired expired => TradeText.Line(_words, expired),
            _ => null,
        };
        return line is not null && message.CaughtUp ? $"{Marks.CaughtUp} {line}" : line;
    }

    /// <summary>The lines of messages that waited, as few messages as hold them all.</summary>
    /// <param name="origin">Whose messages they are.</param>
    /// <param name="lines">What <see cref="RenderLine"/> gave, oldest first.</param>
    /// <param name="gapsOnly">Whether all of them are gaps.</param>
    public IReadOnlyList<string> Fold(MessageOrigin origin, IReadOnlyList<string> lines, bool gapsOnly = true)
    {
        var title = gapsOnly ? _words.FoldedGaps(lines.Count) : _words.FoldedEvents(lines.Count);
        var parts = FoldedText.Split(lines);
        return [.. parts.Select((part, i) => FoldedText.Render(
            new(_words, origin), parts.Count == 1 ? title : $"{title} ({_words.Format.Count(i + 1)}/{_words.Format.Count(parts.Count)})", part))];
    }

    private (string Mark, string Essence) TitleOf(BotMessage message) => message switch
    {
        BotMessage.Started => (Marks.Started, _words.Started),
        BotMessage.GapFound { Gap: var gap } => (Marks.Of(gap), GapText.Title(_words, gap)),
        BotMessage.EntryExecuted { Position: var position } => (Marks.Of(position.Side), EntryTitle(position, message)),
        BotMessage.PositionExpired { Trade: var trade, MaxHold: var span } =>
            (Marks.Expired + Marks.Of(trade.Result), _words.ExpiryClose(_words.Format.ExactDuration(span), Gain(trade.RealizedProfit, message))),
        BotMessage.EntryCorrected { Right: var right } => (Marks.Corrected, $"{_words.EntryCorrected} · {EntryTitle(right, message)}"),
        BotMessage.Statistics { Trader.Statistics: var trades } =>
            (Marks.Statistics, trades.Count > 0 ? _words.StatisticsTitle(Gain(trades.Profit, message)) : _words.StatisticsWithoutTrade),
        BotMessage.Stopped => (Marks.Stopped, _words.Stopped),
        _ => throw Unknown(message),
    };

    private static void WriteBody(MessageWriter to, BotMessage message)
    {
        switch (message)
        {
            case BotMessage.Started started:
                BotText.Write(to, started);
                break;
            case BotMessage.GapFound gap:
                GapText.Write(to, gap);
                break;
            case BotMessage.EntryExecuted entry:
                TradeText.Write(to, entry);
                break;
            case BotMessage.PositionExpired expired:
                TradeText.Write(to, expired);
                break;
            case BotMessage.EntryCorrected corrected:
                TradeText.Write(to, corrected);
                break;
            case BotMessage.Statistics statistics:
                StatisticsText.Write(to, statistics);
                break;
            case BotMessage.Stopped stopped:
                BotText.Write(to, stopped);
                break;
            default:
                throw Unknown(message);
        }
    }

    private string EntryTitle(Position position, BotMessage message) => TradeText.EntryTitle(_words.Format, position, message.Origin.Instrument);

    private string Gain(decimal amount, BotMessage message) => _words.Format.SignedMoney(amount, message.Origin.Instrument);

    private static InvalidOperationException Unknown(BotMessage message) =>
        new($"{nameof(BotMessage)} has a case {message.GetType().Name} that has no text.");
}
