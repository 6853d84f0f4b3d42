using System.CommandLine;
using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Commands;

/// <summary><c>extgap check</c>: all that is wrong with the configuration, and which programs could send messages.</summary>
internal sealed class CheckVerb(Surroundings surroundings)
{
    public Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON document." };
        var online = new Option<bool>("--online") { Description = "Asks the exchange for the symbols of all bots, and Telegram for their tokens and chats: 78 where one of them is refused, 1 where nobody answers." };
        var message = new Option<bool>("--send-test-message") { Description = "With --online: sends a message to each chat." };
        var command = new Command("check", "Validates the configuration and the options of each bot in it, and says which programs have Telegram credentials. Starts nothing.") { json, online, message };
        command.Validators.Add(result =>
        {
            if (result.GetValue(message) && !result.GetValue(online))
            {
                result.AddError($"{message.Name} goes with {online.Name} only.");
            }
        });
        command.SetAction((parsed, cancellationToken) => Interruption.GuardAsync(surroundings, null, async token =>
        {
            var tests = parsed.GetValue(message) ? OnlineTests.AskAndSend : parsed.GetValue(online) ? OnlineTests.Ask : OnlineTests.None;
            var report = await CheckAsync(Verb.ConfigurationPath(parsed, surroundings), tests, token);
            Tell(report, parsed.GetValue(json));
            return report.ExitCode;
        }, cancellationToken));
        return command;
    }

    private async Task<CheckReport> CheckAsync(string path, OnlineTests tests, CancellationToken cancellationToken)
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

    private void Tell(CheckReport report, bool isJson)
    {
        if (isJson)
        {
            surroundings.Output.Writer.WriteLine(VerbJson.Write(report, VerbJson.Default.CheckReport, isIndented: true));
            surroundings.Output.Writer.Flush();
            return;
        }

        surroundings.Output.Write(CheckTable.Lines(report));
        if (!report.Valid)
        {
            surroundings.Error.Write(string.Join('\n', report.Faults));
        }
    }
}
