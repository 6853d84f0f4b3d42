using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Supervisor.Running;

/// <summary>Starts programs as real processes.</summary>
/// <param name="context">What all runs share.</param>
/// <param name="listener">Is told what becomes of them.</param>
internal sealed class ProgramLauncher(LaunchContext context, IProcessListener listener) : IProgramLauncher
{
    public IProgramRun Launch(SupervisedProgram program, int run)
    {
        program.Logs.Begin(program.Options);
        var begun = new ProgramRun(program, program.Options, run, context, listener);
        _ = begun.LiveAsync();
        return begun;
    }
}

/// <param name="Folder">The configuration's folder.</param>
/// <param name="RunDirectory">Where notify sockets are.</param>
/// <param name="Environment">The supervisor's own, for its children.</param>
/// <param name="Runner">Starts processes.</param>
/// <param name="Leftovers">Remembers the groups, should this supervisor be killed.</param>
internal sealed record LaunchContext(string Folder, string RunDirectory, IReadOnlyDictionary<string, string> Environment, ProcessRunner Runner, LeftoverGroups Leftovers);

/// <summary>One process of a program from its start to the end of its group. It tells the loop what happens, and decides nothing.</summary>
internal sealed class ProgramRun(SupervisedProgram program, ProgramOptions options, int run, LaunchContext context, IProcessListener listener) : IProgramRun
{
    private volatile ChildProcess? _process;

    public void Signal(ProgramSignal signal) => _process?.Signal(signal switch
    {
        ProgramSignal.Stop => options.Stop.Signal == StopSignal.Interrupt ? Signals.Interrupt : Signals.Terminate,
        ProgramSignal.Abort => Signals.Abort,
        ProgramSignal.Kill => Signals.Kill,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "No such signal."),
    });

    /// <summary>Starts the process and follows it to its end. It never throws.</summary>
    public async Task LiveAsync()
    {
        // The loop that asked for it goes on at once.
        await Task.Yield();

        // Told when nothing of this run is left: the next one may begin at once, and its socket has the same name.
        await listener.HappenedAsync(program, await RunAsync());
    }

    /// <returns>How it ended.</returns>
    private async Task<ProgramInput> RunAsync()
    {
        try
        {
            await using var notifications = options.IsBot
                ? NotifySocket.Open(context.RunDirectory, options.Name, notification => listener.ToldAsync(program, run, notification))
                : null;
            var command = ChildCommand.Of(options, context.Folder, context.Environment, notifications?.Path ?? string.Empty);
            var started = await context.Runner.StartAsync(new()
            {
                Executable = command.Executable,
                Arguments = command.Arguments,
                Directory = command.Directory,
                Environment = command.Environment,
                DiesWithSupervisor = !options.IsBot,
                Output = new LogSink(program.Logs.Stdout),
                Error = new LogSink(program.Logs.Stderr),
            });
            return started.Child is { } process ? await FollowAsync(process) : Failed(started.Failure!.Why, started.Failure.IsPermanent);
        }
        catch (SupervisorException e)
        {
            // A socket or a file that can't be made may be made later; a configuration that can't work stays so.
            return Failed(e.Message, e.ExitCode == ExitCode.Configuration);
        }
        catch (Exception e) when (_process is null)
        {
            // Whatever it is: a program that nobody hears of any more would be STARTING for ever.
            return Failed($"it could not be started: {e.Message}", isPermanent: false);
        }
    }

    private async Task<ProgramInput> FollowAsync(ChildProcess process)
    {
        _process = process;
        context.Leftovers.Add(process.Pid, hasLifeline: options.IsBot);
        await listener.HappenedAsync(program, new ProgramInput.Spawned(run, process.Pid));
        await listener.HappenedAsync(program, new ProgramInput.Ended(run, await process.Ended));
        await process.Emptied;
        await listener.HappenedAsync(program, new ProgramInput.Emptied(run));
        await process.Gone;
        context.Leftovers.Remove(process.Pid);
        return new ProgramInput.Gone(run, program.Logs.Stderr.LastLine);
    }

    private ProgramInput.SpawnFailed Failed(string why, bool isPermanent) => new(run, why, isPermanent);
}
