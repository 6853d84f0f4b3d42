namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>What became of an extgap-bot that ended by itself.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">All that it said, to stdout and stderr.</param>
public sealed record BotRun(int ExitCode, string Output)
{
    /// <summary>The options of a bot whose exchange is out of reach: it holds its ledger and waits.</summary>
    public static readonly IReadOnlyList<string> Unreachable = ["--stream-url", "ws://127.0.0.1:1", "--api-url", "http://127.0.0.1:1"];

    /// <summary>Runs it to its end.</summary>
    public static Task<BotRun> OfAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        OfAsync(new Dictionary<string, string>(StringComparer.Ordinal), cancellationToken, arguments);

    /// <summary>Runs it to its end, with variables in its environment.</summary>
    public static async Task<BotRun> OfAsync(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        await using var bot = ChildProcess.Start("extgap-bot", environment, arguments);
        return await EndOfAsync(bot, cancellationToken);
    }

    /// <summary>Waits for the end of one that runs.</summary>
    public static async Task<BotRun> EndOfAsync(ChildProcess bot, CancellationToken cancellationToken)
    {
        var exitCode = await bot.WaitForExitAsync(cancellationToken);
        return new(exitCode, string.Join('\n', bot.Lines));
    }

    /// <summary>It was refused with an exit code, in plain words that name what they must.</summary>
    public void AssertRefused(int exitCode, params IEnumerable<string> texts)
    {
        Assert.True(exitCode == ExitCode, $"Exit code {ExitCode}, not {exitCode}:\n{Output}");
        Assert.All(texts, text => Assert.Contains(text, Output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Output, StringComparison.Ordinal);
    }
}
