using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using ExtGap.Bot.Configuration;
using ExtGap.Bot.Hosting;
using ExtGap.Bot.Telegram;

namespace ExtGap.Bot.Commands;

/// <summary><c>extgap-bot check</c>: whether a bot could start with its options, and where its messages would go. Nothing is opened, made or asked.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON document instead of a line for each finding." };
        var command = new Command("check", "Validates options, environment and .env file as a start would, and tells which Telegram credentials there are; touches nothing.");
        var settings = new SettingOptions(command, Settings.Bot);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var options = BotOptions.Read(settings.Read(parsed));
            var folder = DataDirectory.FullPath(options.DataDirectory);
            var (alerts, trouble) = ReadAlerts(settings.Read(parsed));
            if (parsed.GetValue(json))
            {
                using var output = Console.OpenStandardOutput();
                WriteJson(output, options, folder, alerts);
            }
            else
            {
                Write(Console.Out, options, folder, alerts, trouble);
            }

            return ExitCode.Success;
        });
        return command;
    }

    // With a reader of their own: a bot that has better credentials starts whatever is wrong with these.
    private static (TelegramCredentials? Credentials, string? Trouble) ReadAlerts(SettingReader reader)
    {
        var (credentials, incomplete) = TelegramCredentials.ReadGeneric(reader);
        try
        {
            reader.ThrowIfFaulty();
            return (credentials, incomplete is [var half] ? $"{half} lacks its other half" : null);
        }
        catch (BotException e)
        {
            return (null, e.Message.ReplaceLineEndings(" "));
        }
    }

    private static void Write(TextWriter output, BotOptions options, string folder, TelegramCredentials? alerts, string? trouble)
    {
        Line("bot", $"{string.Join(", ", options.Symbols)} {options.Timeframe}, {options.Strategy.Algorithm.ToString().ToLowerInvariant()} algorithm");
        Line("data directory", folder);
        Line("notifications", options.Telegram is { } telegram ? Source(telegram) : $"off; to turn them on, set {string.Join(", or ", TelegramCredentials.Variables(options.Timeframe).Select(pair => $"{pair.Token} and {pair.Chats}"))}");
        foreach (var variable in options.IncompleteCredentials)
        {
            Line(string.Empty, $"{variable} is not used: its other half (token or chat ids) is missing on the same level");
        }

        Line("alerts", alerts is null ? $"off: {trouble ?? $"there are no {TelegramCredentials.TokenVariable} and {TelegramCredentials.ChatsVariable}"}" : Source(alerts));

        void Line(string name, string text) => output.WriteLine($"{name,-16}{text}");
    }

    private static string Source(TelegramCredentials credentials) => $"{credentials.Level}, {credentials.Chats.Length} {(credentials.Chats.Length == 1 ? "chat" : "chats")}";

    private static void WriteJson(Stream output, BotOptions options, string folder, TelegramCredentials? alerts)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteStartArray("symbols");
            foreach (var symbol in options.Symbols)
            {
                json.WriteStringValue(symbol.ToString());
            }

            json.WriteEndArray();
            json.WriteString("timeframe", options.Timeframe.ToString());
            json.WriteString("dataDirectory", folder);
            if (options.Telegram is { } telegram)
            {
                json.WriteStartObject("notifications");
                json.WriteString("level", telegram.Level);
                json.WriteNumber("chats", telegram.Chats.Length);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("notifications");
            }

            json.WriteBoolean("alerts", alerts is not null);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
