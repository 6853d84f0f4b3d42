using System.CommandLine;
using ExtGap.Bot.Checking;
using ExtGap.Bot.Configuration;
using ExtGap.Bot.Hosting;
using ExtGap.Bot.Telegram;

namespace ExtGap.Bot.Commands;

/// <summary>
/// <c>extgap-bot check</c>: whether a bot could start with its options, and where its messages would go. Nothing is opened or made; the
/// exchange and Telegram are asked with <c>--online</c> only.
/// </summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON document instead of a line for each finding." };
        var online = new Option<bool>("--online") { Description = "Asks the exchange for the symbols, and Telegram for tokens and chats: 78 where one of them is refused, 1 where nobody answers." };
        var message = new Option<bool>("--send-test-message") { Description = "With --online: sends a message to each chat." };
        var command = new Command("check", "Validates options, environment and .env file as a start would, and tells which Telegram credentials there are; touches nothing.") { online, message };
        command.Validators.Add(result =>
        {
            if (result.GetValue(message) && !result.GetValue(online))
            {
                result.AddError($"{message.Name} goes with {online.Name} only.");
            }
        });
        var settings = new SettingOptions(command, Settings.Bot);
        command.Options.Add(json);
        command.SetAction(async (parsed, _) =>
        {
            var options = BotOptions.Read(settings.Read(parsed));
            var (alerts, trouble) = ReadAlerts(settings.Read(parsed));
            var report = new CheckReport(options, DataDirectory.FullPath(options.DataDirectory), alerts, trouble)
            {
                Online = parsed.GetValue(online) ? await OnlineCheck.RunAsync(options, alerts, parsed.GetValue(message), TimeProvider.System) : null,
            };
            if (parsed.GetValue(json))
            {
                using var output = Console.OpenStandardOutput();
                report.WriteJson(output);
            }
            else
            {
                report.Write(Console.Out);
            }

            return OnlineTest.ExitCodeOf(report.Online ?? []);
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
}
