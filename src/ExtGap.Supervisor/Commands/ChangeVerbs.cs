using System.CommandLine;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Commands;

/// <summary>The verbs that change what runs: <c>start-all</c>, <c>stop-all</c>, <c>start</c>, <c>stop</c>, <c>restart</c> and <c>reload</c>.</summary>
internal sealed class ChangeVerbs(Surroundings surroundings)
{
    private const string GoesOn = "Interrupted: the supervisor goes on with it; 'extgap status' tells how far it is.";

    public IEnumerable<Command> Create() =>
    [
        StartAll(),
        StopAll(),
        Named("start", "Starts programs and waits until each runs or has failed.", names => new ControlRequest.Start(names)),
        Named("stop", "Stops programs and waits until they are gone.", names => new ControlRequest.Stop(names)),
        Named("restart", "Stops programs and starts them again; the others go on.", names => new ControlRequest.Restart(names)),
        Reload(),
    ];

    private Command StartAll()
    {
        var command = new Command("start-all", "Starts the supervisor in the background if none runs, and every program that starts by itself; waits until each runs or has failed.");
        command.SetAction((parsed, cancellationToken) => GuardAsync(
            token => RelayAsync(Verb.Access(parsed, surroundings).StartAllAsync(token), null, "Not every program runs: see above, and 'extgap logs NAME --stderr'."), cancellationToken));
        return command;
    }

    private Command StopAll()
    {
        var keep = new Option<bool>("--keep-supervisor") { Description = "Leaves the supervisor running." };
        var command = new Command("stop-all", "Stops all programs at once, each with its own time limit, then the supervisor.") { keep };
        command.SetAction((parsed, cancellationToken) => GuardAsync(token => StopAllAsync(Verb.Access(parsed, surroundings), parsed.GetValue(keep), token), cancellationToken));
        return command;
    }

    private async Task<int> StopAllAsync(SupervisorAccess access, bool keepsSupervisor, CancellationToken cancellationToken)
    {
        try
        {
            var success = keepsSupervisor ? "All programs have stopped; the supervisor runs." : "All programs have stopped, and the supervisor ends.";
            return await RelayAsync(access.AskAsync(new ControlRequest.StopAll(keepsSupervisor), cancellationToken), success, "Not every program stopped by itself: see above.");
        }
        catch (SupervisorException e) when (e.ExitCode == ExitCode.NoSupervisor && !access.HasConnected)
        {
            // What was asked for is so: a script that stops before it starts need not look first.
            surroundings.Output.Write("No supervisor runs: there is nothing to stop.");
            return ExitCode.Success;
        }
    }

    private Command Named(string name, string description, Func<IReadOnlyList<string>, ControlRequest> request)
    {
        var names = Verb.Names("Programs, by the names that the configuration gives them.", required: true);
        var command = new Command(name, description) { names };
        command.SetAction((parsed, cancellationToken) => GuardAsync(
            token => RelayAsync(Verb.Access(parsed, surroundings).AskAsync(request(Verb.Given(parsed, names)), token), null, null), cancellationToken));
        return command;
    }

    private Command Reload()
    {
        var command = new Command("reload", "Reads the configuration again: starts what is new, stops what is gone, restarts what changed, leaves the rest. A faulty file changes nothing.");
        command.SetAction((parsed, cancellationToken) => GuardAsync(token => ReloadAsync(parsed, token), cancellationToken));
        return command;
    }

    private async Task<int> ReloadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // The supervisor itself knows no timeframe from no symbol, and would stop a bot that works for one that can't.
        var report = await new ConfigurationCheck(surroundings).RunAsync(Verb.ConfigurationPath(parsed, surroundings), OnlineTests.None, cancellationToken);
        if (!report.Valid)
        {
            // That there is no supervisor, or another user's, goes first.
            await Verb.Access(parsed, surroundings).AskStatusAsync([], cancellationToken);
            surroundings.Error.Write(string.Join('\n', [.. report.Faults, "Nothing was changed."]));
            return ExitCode.Configuration;
        }

        return await RelayAsync(Verb.Access(parsed, surroundings).AskAsync(new ControlRequest.Reload(), cancellationToken), "The configuration is in force.", null);
    }

    private Task<int> GuardAsync(Func<CancellationToken, Task<int>> run, CancellationToken cancellationToken) =>
        Interruption.GuardAsync(surroundings, GoesOn, run, cancellationToken);

    private async Task<int> RelayAsync(IAsyncEnumerable<ControlReply> replies, string? success, string? failure)
    {
        var output = surroundings.Output;
        await foreach (var reply in replies)
        {
            switch (reply)
            {
                case ControlReply.Progress progress:
                    output.Write(progress.Text, Tone.Faint);
                    break;
                case ControlReply.Report report:
                    output.Write(StatusTable.Lines(report.Status.Programs, output.Width));
                    surroundings.Error.Write(CredentialWarnings.Of(report.Status));
                    break;
                case ControlReply.Done { ExitCode: ExitCode.Success } when success is not null:
                    output.Write(success);
                    break;
                case ControlReply.Done { ExitCode: not ExitCode.Success } when failure is not null:
                    surroundings.Error.Write(failure);
                    break;
            }

            if (reply is ControlReply.Done done)
            {
                return done.ExitCode;
            }
        }

        return ExitCode.Failure;
    }
}
