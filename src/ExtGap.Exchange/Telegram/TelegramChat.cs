using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace ExtGap.Exchange.Telegram;

/// <summary>A chat by its number, whose kind the number tells, or a channel by its name.</summary>
/// <param name="Id">The number.</param>
/// <param name="Name">What it was called by: the number or <c>@name</c>.</param>
internal sealed record TelegramChat(long Id, string Name)
{
    private const long Supergroups = -1_000_000_000_000;

    /// <summary>Whether more than two are in it.</summary>
    public bool IsGroup => Id < 0;

    /// <summary>Reads a chat.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TelegramChat? chat)
    {
        chat = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) && id != 0 ? new(id, text)
            : text is ['@', _, ..] ? new(Supergroups - text.Sum(character => (long)character), text)
            : null;
        return chat is not null;
    }

    /// <summary>Writes it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteFields(json);
        json.WriteEndObject();
    }

    /// <summary>Writes it with all that <c>getChat</c> tells.</summary>
    public void WriteFull(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteFields(json);
        json.WriteNumber("accent_color_id", 0);
        json.WriteNumber("max_reaction_count", 11);
        json.WriteStartObject("accepted_gift_types");
        foreach (var gift in (ReadOnlySpan<string>)["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"])
        {
            json.WriteBoolean(gift, false);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteFields(Utf8JsonWriter json)
    {
        json.WriteNumber("id", Id);
        if (Name[0] is '@')
        {
            json.WriteString("title", Name[1..]);
            json.WriteString("username", Name[1..]);
            json.WriteString("type", "channel");
        }
        else if (IsGroup)
        {
            json.WriteString("title", $"Group {Name}");
            json.WriteString("type", Id < Supergroups ? "supergroup" : "group");
        }
        else
        {
            json.WriteString("first_name", $"User {Name}");
            json.WriteString("type", "private");
        }
    }
}
