using ExtGap.Core.Gaps;

namespace ExtGap.Bot.Telegram.Texts;

/// <summary>A gap: how far the trend is, where the level lies, and what it means for the position.</summary>
internal static class GapText
{
    public static string Title(Wording words, ExternalGap gap)
    {
        var name = Marks.NameOf(gap);
        return gap.IsFirst ? words.FirstGapTitle(name) : gap.IsReversal ? words.ReversalTitle(name) : words.GapTitle(name);
    }

    public static void Write(MessageWriter to, BotMessage.GapFound message)
    {
        var (words, gap) = (to.Words, message.Gap);
        if (gap.IsFirst)
        {
            to.Line(words.FirstGap);
        }

        if (gap.IsReversal)
        {
            to.Line(
                message.Before.Polarity is { } before ? words.ReversalAfter(Marks.NameOf(before, message.Before.SequenceNumber)) : null,
                words.PendingEntry(Marks.NameOf(Marks.SideOf(gap.Polarity))));
        }

        if (message.Position is { } position)
        {
            var side = Marks.NameOf(position.Side);
            var entry = to.Show(position.EntryPrice);
            to.Line(gap.IsReversal ? words.WillClose(side, entry) : $"{side} @ {entry}");
            to.Unrealized(position, message.Close);
        }
        else if (gap.IsReversal)
        {
            to.Line(words.NothingToClose);
        }

        to.Line(words.Level(to.Show(gap.Level), to.Format.Time(gap.OpeningBar)));
        if (message.Position is null)
        {
            to.Line(words.Close(to.Show(message.Close)));
        }
    }

    public static string Line(Wording words, BotMessage.GapFound message)
    {
        var (format, gap) = (words.Format, message.Gap);
        var line = $"{format.ShortTime(gap.DetectionBar)} {Marks.Of(gap)} {Marks.NameOf(gap)} · {format.Price(gap.Level, message.Origin.Instrument)}";
        return gap.IsFirst ? $"{line} · {words.First}" : line;
    }
}
