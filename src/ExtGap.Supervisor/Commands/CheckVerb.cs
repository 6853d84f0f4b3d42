using System.CommandLine;
using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Commands;

/// <summary><c>extgap check</c>: all that is wrong with the configuration, and which programs could send messages.</summary>
internal sealed class CheckVerb(Surroundings surroundings)
{
    public Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON document." };
        var command = new Command("check", "Validates the configuration and the options of each bot in it, and says which programs have Telegram credentials. Starts nothing.") { json };
        command.SetAction((parsed, cancellationToken) => Interruption.GuardAsync(surroundings, null, async token =>
        {
            var report = await CheckAsync(Verb.ConfigurationPath(parsed, surroundings), token);
            Tell(report, parsed.GetValue(json));
            return report.Valid ? ExitCode.Success : ExitCode.Configuration;
        }, cancellationToken));
        return command;
    }

    private async Task<CheckReport> CheckAsync(string path, CancellationToken cancellationToken)
    {
        SupervisorOptions options;
        try
        {
            options = surroundings.Load(path);
        }
        catch (SupervisorException e) when (e.ExitCode == ExitCode.Configuration)
        {
            return new(Valid: false, path, e.Message.Split('\n'), [], null);
        }

        // All at once: each is a process that starts, reads and ends.
        var outcomes = await Task.WhenAll(options.Programs.Select(program => CheckAsync(program, options.Folder, cancellationToken)));
        var checks = options.Programs.Zip(outcomes).ToList();
        var faults = checks.Where(check => check.Second.Fault is not null).SelectMany(check => check.Second.Fault!.Split('\n').Select(line => $"programs.{check.First.Name}: {line}")).ToList();

        // Alerts are sent with what the top level's env file has.
        var alerts = checks.FirstOrDefault(check => check.Second.Check is not null && check.First.EnvironmentFile == options.EnvironmentFile).Second?.Check?.Alerts;
        return new(faults.Count == 0, path, faults, [.. checks.Select(check => ProgramCheck.Of(check.First, check.Second.Check))], alerts);
    }

    private async Task<BotCheckOutcome> CheckAsync(ProgramOptions program, string folder, CancellationToken cancellationToken)
    {
        try
        {
            return program.IsBot ? await surroundings.CheckBotAsync(program, folder, cancellationToken) : new(null, null);
        }
        catch (SupervisorException e)
        {
            return new(null, e.Message);
        }
    }

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
