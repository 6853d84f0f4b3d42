using System.Text.Json;
using System.Text.Json.Serialization;
using CliWrap;
using CliWrap.Buffered;
using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Commands;

/// <summary>What <c>extgap-bot check --json</c> says of its options.</summary>
/// <param name="Version">Version of this shape.</param>
/// <param name="Symbols">The contracts that it would watch.</param>
/// <param name="Timeframe">Such as <c>3m</c>.</param>
/// <param name="DataDirectory">Where it would write.</param>
/// <param name="Notifications">Which credentials it would send messages with; none where it has none.</param>
/// <param name="Alerts">Whether there are general credentials, which the supervisor's alerts are sent with.</param>
/// <param name="Online">What exchange and Telegram say; none where they were not asked.</param>
internal sealed record BotCheck(
    int Version,
    IReadOnlyList<string> Symbols,
    string Timeframe,
    string DataDirectory,
    BotCredentials? Notifications,
    bool Alerts,
    IReadOnlyList<BotOnlineTest>? Online = null);

/// <param name="Level">The variable that the token is from.</param>
/// <param name="Chats">How many chats there are.</param>
internal sealed record BotCredentials(string Level, int Chats);

/// <summary>Whether a bot's check asks exchange and Telegram too.</summary>
internal enum OnlineTests
{
    None,
    Ask,
    AskAndSend,
}

/// <summary>One test of <c>extgap-bot check --online</c>.</summary>
/// <param name="Test"><c>symbol</c>, <c>token</c>, <c>chat</c> or <c>message</c>.</param>
/// <param name="Subject">Which one; never a secret.</param>
/// <param name="Outcome"><c>ok</c>, <c>refused</c> or <c>unreachable</c>.</param>
/// <param name="Text">The result in words.</param>
internal sealed record BotOnlineTest(string Test, string Subject, string Outcome, string Text)
{
    /// <summary>Waiting won't mend it.</summary>
    [JsonIgnore]
    public bool IsRefused => Outcome == "refused";

    [JsonIgnore]
    public bool IsGood => Outcome == "ok";

    [JsonIgnore]
    public bool IsMessage => Test == "message";
}

/// <param name="Check">What the bot said, where its options are good.</param>
/// <param name="Fault">Otherwise what is wrong.</param>
internal sealed record BotCheckOutcome(BotCheck? Check, string? Fault);

/// <summary>A process to run.</summary>
internal sealed record CheckCommand(string Path, IReadOnlyList<string> Arguments, string Directory, IReadOnlyDictionary<string, string?> Environment);

/// <summary>Asks <c>extgap-bot</c> itself, which alone knows what its options may be.</summary>
internal static class BotCheckRun
{
    /// <summary>It reads a file and no network.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Exchange and Telegram have 20 s of their own.</summary>
    private static readonly TimeSpan OnlinePatience = TimeSpan.FromSeconds(45);

    /// <summary>The arguments that ask for tests.</summary>
    public static IReadOnlyList<string> ArgumentsOf(OnlineTests tests) => tests switch
    {
        OnlineTests.Ask => ["--online"],
        OnlineTests.AskAndSend => ["--online", "--send-test-message"],
        _ => [],
    };

    public static async Task<BotCheckOutcome> RunAsync(CheckCommand command, TimeProvider time, CancellationToken cancellationToken)
    {
        var patience = command.Arguments.Contains("--online", StringComparer.Ordinal) ? OnlinePatience : Patience;
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var result = await Cli.Wrap(command.Path)
                .WithArguments(command.Arguments)
                .WithWorkingDirectory(command.Directory)
                .WithEnvironmentVariables(command.Environment)
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(either.Token);

            // What was refused online is said in the answer.
            return result.ExitCode == ExitCode.Success || result.StandardOutput.StartsWith('{') ? Read(result.StandardOutput, command.Path) : new(null, Complaint(result));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(null, $"{command.Path} check did not end within {patience.TotalSeconds} s: it hangs, or the machine is overloaded.");
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            return new(null, $"{command.Path} can't be run: {e.Message}");
        }
    }

    private static BotCheckOutcome Read(string output, string path)
    {
        try
        {
            return new(JsonSerializer.Deserialize(output, VerbJson.Default.BotCheck) ?? throw new JsonException("null"), null);
        }
        catch (JsonException)
        {
            return new(null, $"{path} check has answered what this supervisor does not understand: are both of the same version?");
        }
    }

    private static string Complaint(BufferedCommandResult result)
    {
        var error = string.Join('\n', Harmless.Lines(result.StandardError)).Trim();
        return error.Length > 0 ? error : $"its check ended with exit code {result.ExitCode} and no word.";
    }
}
