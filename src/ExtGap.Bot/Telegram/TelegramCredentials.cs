using System.Collections.Immutable;
using System.Globalization;
using ExtGap.Bot.Configuration;
using ExtGap.Core.Market;
using ExtGap.Shared;

namespace ExtGap.Bot.Telegram;

/// <summary>A bot's token and the chats that it writes to.</summary>
/// <param name="Token">The token.</param>
/// <param name="Chats">Numbers of chats, or <c>@names</c> of channels, in the order in which they were given.</param>
internal sealed record TelegramCredentials(TelegramToken Token, ImmutableArray<string> Chats)
{
    public const string TokenVariable = "TELEGRAM_BOT_TOKEN";
    public const string ChatsVariable = "TELEGRAM_CHAT_IDS";

    private const string Generic = "";

    /// <summary>The token's variable, which names the level that they are from.</summary>
    public string Level { get; init; } = TokenVariable;

    /// <summary>
    /// Takes them from the environment or <c>.env</c>, never from an option, for a process list shows those: first the timeframe's own
    /// (<c>…_EXTGAP_3M</c>), then those of all detectors (<c>…_EXTGAP_DETECTOR</c>), then the general ones; both from one level.
    /// </summary>
    /// <returns>The credentials, if there are any, and the variables of levels that have only one half of them.</returns>
    public static (TelegramCredentials? Credentials, IReadOnlyList<string> Incomplete) Read(SettingReader reader, Timeframe timeframe) =>
        Read(reader, timeframe == default ? [] : Levels(timeframe));

    /// <summary>The general ones alone: those of messages that are no timeframe's.</summary>
    /// <inheritdoc cref="Read(SettingReader, Timeframe)"/>
    public static (TelegramCredentials? Credentials, IReadOnlyList<string> Incomplete) ReadGeneric(SettingReader reader) => Read(reader, [Generic]);

    /// <summary>The pairs of variables that a timeframe's credentials can be in, in the order in which they count.</summary>
    public static IEnumerable<(string Token, string Chats)> Variables(Timeframe timeframe) =>
        Levels(timeframe).Select(level => (TokenVariable + level, ChatsVariable + level));

    private static (TelegramCredentials? Credentials, IReadOnlyList<string> Incomplete) Read(SettingReader reader, IEnumerable<string> levels)
    {
        var incomplete = new List<string>();
        foreach (var level in levels)
        {
            var token = reader.Variable(TokenVariable + level);
            var chats = reader.Variable(ChatsVariable + level);
            if (token is { } tokenValue && chats is { } chatsValue)
            {
                return (Parse(reader, tokenValue, chatsValue) is { } credentials ? credentials with { Level = TokenVariable + level } : null, incomplete);
            }

            if ((token ?? chats) is { } half)
            {
                incomplete.Add(half.Origin);
            }
        }

        return (null, incomplete);
    }

    private static IEnumerable<string> Levels(Timeframe timeframe) => ["_EXTGAP_" + timeframe.FileName.ToUpperInvariant(), "_EXTGAP_DETECTOR", Generic];

    private static TelegramCredentials? Parse(SettingReader reader, SettingValue token, SettingValue chats)
    {
        TelegramToken? parsed = null;
        try
        {
            parsed = TelegramToken.Parse(token.Text.Trim());
        }
        catch (FormatException e)
        {
            reader.Reject(token, e.Message);
        }

        var list = chats.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToImmutableArray();
        foreach (var (chat, number) in list.Select((chat, i) => (chat, i + 1)).Where(part => !IsChat(part.chat)))
        {
            reader.Reject(chats, $"{Shown(chat, number)} is no chat: a number such as 123456789 or -1001234567890 is needed, or a channel's @name; several are separated by commas.");
        }

        if (list.IsEmpty)
        {
            reader.Reject(chats, "there is no chat in it.");
        }

        return parsed is null ? null : new(parsed, list);
    }

    // Who mixes up the two variables gives a token, or its secret part, where a chat belongs.
    private static string Shown(string chat, int number) => chat.Length < TokenText.LeastSecret && !chat.Contains(':', StringComparison.Ordinal)
        ? $"'{chat}'"
        : string.Create(CultureInfo.InvariantCulture, $"part {number} (not shown: it could hold a token)");

    private static bool IsChat(string text) =>
        (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number != 0)
        || (text.Length > 1 && text[0] == '@' && text.AsSpan(1).IndexOfAnyExcept(System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")) < 0);
}
