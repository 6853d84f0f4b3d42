using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Commands;

/// <summary>Validates a configuration as a start of its programs would, bots by <c>extgap-bot check</c>, whose rules those are.</summary>
internal sealed class ConfigurationCheck(Surroundings surroundings)
{
    /// <summary>Checks.</summary>
    /// <param name="path">Absolute path of a supervisor.json.</param>
    /// <param name="tests">Whom to ask.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CheckReport> RunAsync(string path, OnlineTests tests, CancellationToken cancellationToken)
    {
        SupervisorOptions options;
        try
        {
            options = surroundings.Load(path);
        }
        catch (SupervisorException e) when (e.ExitCode == Supervisor.ExitCode.Configuration)
        {
            return new(Valid: false, path, e.Message.Split('\n'), [], null);
        }

        var outcomes = await CheckAsync(options, program => tests == OnlineTests.AskAndSend ? OnlineTests.None : tests, cancellationToken);
        if (tests == OnlineTests.AskAndSend)
        {
            // Who shares credentials shares chats, and these want one message. Whose those are is known now.
            var speakers = options.Programs.Zip(outcomes)
                .DistinctBy(pair => (pair.First.EnvironmentFile, pair.Second.Check?.Notifications?.Level, VariablesOf(pair.First)))
                .Select(pair => pair.First)
                .ToHashSet();
            outcomes = await CheckAsync(options, program => speakers.Contains(program) ? OnlineTests.AskAndSend : OnlineTests.Ask, cancellationToken);
        }

        var checks = options.Programs.Zip(outcomes).ToList();
        var faults = checks.Where(check => check.Second.Fault is not null).SelectMany(check => check.Second.Fault!.Split('\n').Select(line => $"programs.{check.First.Name}: {line}")).ToList();

        // Alerts are sent with what the top level's env file has.
        var alerts = checks.FirstOrDefault(check => check.Second.Check is not null && check.First.EnvironmentFile == options.EnvironmentFile).Second?.Check?.Alerts;
        return new(faults.Count == 0, path, faults, [.. checks.Select(check => ProgramCheck.Of(check.First, check.Second.Check))], alerts) { Warnings = OpenDoors.Of(options) };
    }

    // All at once: each is a process that starts, reads, asks and ends.
    private Task<BotCheckOutcome[]> CheckAsync(SupervisorOptions options, Func<ProgramOptions, OnlineTests> tests, CancellationToken cancellationToken) =>
        Task.WhenAll(options.Programs.Select(program => CheckAsync(program, options.Folder, tests(program), cancellationToken)));

    private async Task<BotCheckOutcome> CheckAsync(ProgramOptions program, string folder, OnlineTests tests, CancellationToken cancellationToken)
    {
        try
        {
            if (program.IsBot)
            {
                return await surroundings.CheckBotAsync(program, folder, tests, cancellationToken);
            }

            surroundings.FindExecutable(program, folder);
            return new(null, null);
        }
        catch (SupervisorException e)
        {
            return new(null, e.Message);
        }
    }

    // What a program's own environment says of Telegram, as a text to compare.
    private static string VariablesOf(ProgramOptions program) => string.Join('\n', program.Environment
        .Where(variable => variable.Key.StartsWith("TELEGRAM_", StringComparison.Ordinal))
        .OrderBy(variable => variable.Key, StringComparer.Ordinal)
        .Select(variable => $"{variable.Key}={variable.Value}"));
}
