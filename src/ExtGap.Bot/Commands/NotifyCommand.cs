using System.CommandLine;
using System.Globalization;
using System.Text;
using ExtGap.Bot.Configuration;
using ExtGap.Bot.Telegram;
using ExtGap.Bot.Telegram.Texts;

namespace ExtGap.Bot.Commands;

/// <summary><c>extgap-bot notify</c>: one message with the general credentials, for supervisors and scripts.</summary>
internal static class NotifyCommand
{
    // More than any message can have: the rest of a stream without end is of no use.
    private const int MaxInput = 64 * 1024;

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    public static Command Create()
    {
        var text = new Option<string>("--text") { HelpName = "TEXT", Description = "The message, as plain text; without it, it is read from stdin as UTF-8." };
        var timeout = new Option<string>("--timeout") { HelpName = "DURATION", Description = "How long all of it may take, from 1s to 10m; 30s where it is not given." };
        var command = new Command("notify", "Sends one message to the chats of the general Telegram credentials.") { text, timeout };
        var settings = new SettingOptions(command, [Settings.Instance, Settings.TelegramUrl, Settings.EnvFile]);
        command.SetAction(async (parsed, _) =>
        {
            var reader = settings.Read(parsed);
            var instance = reader.Read(Settings.Instance, BotOptions.ParseInstance);
            var url = reader.Read(Settings.TelegramUrl, BotOptions.ParseWebUrl);
            var limit = reader.ReadOption(timeout.Name, parsed.GetValue(timeout), ParseTimeout) ?? DefaultTimeout;
            var (credentials, incomplete) = TelegramCredentials.ReadGeneric(reader);
            reader.ThrowIfFaulty();
            if (credentials is null)
            {
                throw Missing(incomplete);
            }

            var started = TimeProvider.System.GetTimestamp();
            var message = NoticeText.Clean(parsed.GetValue(text) ?? await ReadInputAsync(limit));
            if (message.Length == 0)
            {
                throw new BotException(ExitCode.Usage, "There is nothing to send: give a text with --text TEXT, or on stdin.");
            }

            using var sender = new TelegramBotSender(credentials.Token, url);
            var delivery = new OneShotDelivery(sender, limit - TimeProvider.System.GetElapsedTime(started), TimeProvider.System);
            return Tell(await delivery.SendAsync(NoticeText.Render(message, instance), credentials.Chats));
        });
        return command;
    }

    private static int Tell(IReadOnlyList<ChatOutcome> outcomes)
    {
        foreach (var (outcome, number) in outcomes.Select((outcome, i) => (outcome, i + 1)))
        {
            var chat = string.Create(CultureInfo.InvariantCulture, $"Chat {number} of {outcomes.Count} ({ChatMask.Of(outcome.Chat)})");
            if (outcome.Trouble is { } trouble)
            {
                Console.Error.WriteLine($"{chat}: not delivered: {trouble}");
            }
            else
            {
                Console.Out.WriteLine($"{chat}: delivered{(outcome.Address == outcome.Chat ? string.Empty : $"; the group has moved: put {outcome.Address} into {TelegramCredentials.ChatsVariable}")}");
            }
        }

        return outcomes.All(outcome => outcome.Result is SendResult.Sent) ? ExitCode.Success
            : outcomes.Any(outcome => outcome.Result is SendResult.TokenRefused) || outcomes.All(outcome => outcome.Result is SendResult.ChatGone) ? ExitCode.Configuration
            : ExitCode.Failure;
    }

    private static BotException Missing(IReadOnlyList<string> incomplete) => new(ExitCode.Configuration, incomplete is [var half]
        ? $"{half} lacks its other half: {TelegramCredentials.TokenVariable} and {TelegramCredentials.ChatsVariable} are both needed."
        : $"There are no {TelegramCredentials.TokenVariable} and {TelegramCredentials.ChatsVariable} in the environment or the .env file: both are needed.");

    private static async Task<string> ReadInputAsync(TimeSpan timeout)
    {
        if (!Console.IsInputRedirected)
        {
            return string.Empty;
        }

        var bytes = new byte[MaxInput];
        var length = 0;
        using var input = Console.OpenStandardInput();
        using var limit = new CancellationTokenSource(timeout, TimeProvider.System);
        try
        {
            // Reading stdin can't be cancelled, only left.
            while (length < bytes.Length && await input.ReadAsync(bytes.AsMemory(length)).AsTask().WaitAsync(limit.Token) is > 0 and var read)
            {
                length += read;
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new BotException(ExitCode.Failure, string.Create(CultureInfo.InvariantCulture, $"Stdin has not come to its end within {timeout.TotalSeconds:0} s: nothing was sent."));
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static TimeSpan? ParseTimeout(string text)
    {
        var timeout = Duration.Parse(text);
        return timeout >= ShortestTimeout && timeout <= LongestTimeout ? timeout : throw new FormatException($"'{text}' is not a time from 1s to 10m.");
    }
}
