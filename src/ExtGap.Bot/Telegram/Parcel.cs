using ExtGap.Bot.Ledger;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Telegram;

/// <summary>Where messages come from: a ledger's outbox, and in whose name folded ones speak.</summary>
internal sealed record MessageSource(Outbox Outbox, Func<MessageOrigin> Origin);

/// <summary>What goes to a chat in one piece: a message, or several folded into one.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="FirstId">Number of the first message in it.</param>
/// <param name="LastId">Number of the last message in it.</param>
/// <param name="Html">What it says.</param>
internal sealed record Parcel(MessageSource Source, long FirstId, long LastId, string Html)
{
    /// <summary>When more messages wait than this, consecutive ones that can be are folded.</summary>
    public const int FoldAbove = 3;

    private const int MaxMessages = 200;

    /// <summary>The next parcel for a chat: of all sources the one whose oldest message is oldest.</summary>
    /// <returns>None where nothing waits.</returns>
    public static Parcel? Next(IEnumerable<MessageSource> sources, string chat, MessageTexts texts)
    {
        MessageSource? oldest = null;
        Instant? since = null;
        foreach (var source in sources)
        {
            if (source.Outbox.OldestFor(chat) is { } at && (since is null || at < since))
            {
                (oldest, since) = (source, at);
            }
        }

        return oldest?.Outbox.Waiting(chat, MaxMessages) is { Count: > 0 } waiting ? Fold(oldest, waiting, texts) : null;
    }

    private static Parcel Fold(MessageSource source, List<OutboxMessage> waiting, MessageTexts texts)
    {
        var run = waiting.Count > FoldAbove ? waiting.TakeWhile(message => message.Text.Line is not null).ToList() : [];
        if (run.Count < 2)
        {
            return new(source, waiting[0].Id, waiting[0].Id, waiting[0].Text.Html);
        }

        // As many lines as one message holds; the rest makes the next parcel.
        var lines = FoldedText.Split([.. run.Select(message => message.Text.Line!)])[0];
        run.RemoveRange(lines.Count, run.Count - lines.Count);
        return new(source, run[0].Id, run[^1].Id, texts.Fold(source.Origin(), lines, run.TrueForAll(message => message.Text.IsGap))[0]);
    }
}
