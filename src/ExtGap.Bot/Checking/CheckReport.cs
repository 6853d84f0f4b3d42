using System.Text.Encodings.Web;
using System.Text.Json;
using ExtGap.Bot.Configuration;
using ExtGap.Bot.Telegram;

namespace ExtGap.Bot.Checking;

/// <summary>What <c>extgap-bot check</c> found, in words and as JSON. No value of a secret is in either.</summary>
/// <param name="Options">Of the bot, which are good.</param>
/// <param name="Folder">Absolute path of its data directory.</param>
/// <param name="Alerts">The general credentials, where there are some.</param>
/// <param name="AlertTrouble">Otherwise what keeps them from being used, where they are not just missing.</param>
internal sealed record CheckReport(BotOptions Options, string Folder, TelegramCredentials? Alerts, string? AlertTrouble)
{
    /// <summary>The tests, where they were asked for.</summary>
    public IReadOnlyList<OnlineTest>? Online { get; init; }

    public void Write(TextWriter output)
    {
        Line("bot", $"{string.Join(", ", Options.Symbols)} {Options.Timeframe}, {Options.Strategy.Algorithm.ToString().ToLowerInvariant()} algorithm");
        Line("data directory", Folder);
        Line("notifications", Options.Telegram is { } telegram ? Source(telegram) : $"off; to turn them on, set {string.Join(", or ", TelegramCredentials.Variables(Options.Timeframe).Select(pair => $"{pair.Token} and {pair.Chats}"))}");
        foreach (var variable in Options.IncompleteCredentials)
        {
            Line(string.Empty, $"{variable} is not used: its other half (token or chat ids) is missing on the same level");
        }

        Line("alerts", Alerts is null ? $"off: {AlertTrouble ?? $"there are no {TelegramCredentials.TokenVariable} and {TelegramCredentials.ChatsVariable}"}" : Source(Alerts));
        foreach (var test in Online ?? [])
        {
            Line(NameOf(test.Thing), $"{WordOf(test.Outcome),-11}{test.Subject}: {test.Text}");
        }

        void Line(string name, string text) => output.WriteLine($"{name,-16}{text}");
    }

    public void WriteJson(Stream output)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteStartArray("symbols");
            foreach (var symbol in Options.Symbols)
            {
                json.WriteStringValue(symbol.ToString());
            }

            json.WriteEndArray();
            json.WriteString("timeframe", Options.Timeframe.ToString());
            json.WriteString("dataDirectory", Folder);
            WriteNotifications(json);
            json.WriteBoolean("alerts", Alerts is not null);
            WriteOnline(json);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static string Source(TelegramCredentials credentials) => $"{credentials.Level}, {credentials.Chats.Length} {(credentials.Chats.Length == 1 ? "chat" : "chats")}";

    private static string NameOf(TestedThing thing) => thing switch
    {
        TestedThing.Symbol => "symbol",
        TestedThing.Token => "token",
        TestedThing.Chat => "chat",
        TestedThing.Message => "message",
        _ => throw new InvalidOperationException($"{nameof(TestedThing)} has no name for {thing}."),
    };

    private static string WordOf(TestOutcome outcome) => outcome switch
    {
        TestOutcome.Good => "ok",
        TestOutcome.Refused => "WRONG",
        TestOutcome.Unreachable => "NO ANSWER",
        _ => throw new InvalidOperationException($"{nameof(TestOutcome)} has no word for {outcome}."),
    };

    private void WriteNotifications(Utf8JsonWriter json)
    {
        if (Options.Telegram is not { } telegram)
        {
            json.WriteNull("notifications");
            return;
        }

        json.WriteStartObject("notifications");
        json.WriteString("level", telegram.Level);
        json.WriteNumber("chats", telegram.Chats.Length);
        json.WriteEndObject();
    }

    private void WriteOnline(Utf8JsonWriter json)
    {
        if (Online is null)
        {
            return;
        }

        json.WriteStartArray("online");
        foreach (var test in Online)
        {
            json.WriteStartObject();
            json.WriteString("test", NameOf(test.Thing));
            json.WriteString("subject", test.Subject);
            json.WriteString("outcome", test.Outcome switch { TestOutcome.Good => "ok", TestOutcome.Refused => "refused", _ => "unreachable" });
            json.WriteString("text", test.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
