using System.ComponentModel;
using System.Globalization;
using CliWrap;
using ExtGap.Supervisor.Commands;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Supervisor.Running;

/// <summary>Starts processes, each in a session and group of its own, by way of <c>extgap exec</c>.</summary>
/// <param name="launcher">How extgap is started.</param>
/// <param name="time">For the limits.</param>
internal sealed class ProcessRunner(Launcher launcher, TimeProvider time)
{
    // Somebody outside of the group may hold the pipes for as long as he likes.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    // Loading extgap takes some 20 ms; on a machine that swaps, more.
    private static readonly TimeSpan GroupPatience = TimeSpan.FromSeconds(5);

    // Of these, waiting may help; of all else that can go wrong it won't: the executable is extgap itself, and what it starts is another's to check.
    private static readonly int[] PassingErrors = [4 /* EINTR */, 5 /* EIO */, 11 /* EAGAIN */, 12 /* ENOMEM */, 23 /* ENFILE */, 24 /* EMFILE */, 35 /* EAGAIN of macOS */];

    /// <summary>Starts a process. When it is there it has a group of its own, so that no signal to it can miss.</summary>
    public async Task<ChildStarted> StartAsync(ChildStart start)
    {
        ChildRun run;
        try
        {
            run = await Spawner.RunAsync(() => new ChildRun(CommandOf(start), start));
        }
        catch (Win32Exception e)
        {
            var code = (e.InnerException as Win32Exception ?? e).NativeErrorCode;
            return new SpawnFailure($"can't start {start.Executable} in {start.Directory}: {new Win32Exception(code).Message}", !PassingErrors.Contains(code));
        }

        var child = run.Follow(time, DrainLimit);
        await ProcessGroup.PollAsync(() => child.Ended.IsCompleted || LibC.GetGroup(child.Pid) == child.Pid, time, GroupPatience);
        return child;
    }

    private Command CommandOf(ChildStart start)
    {
        string[] options = start.DiesWithSupervisor ? [ExecCommand.DieWithOption, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)] : [];
        return Cli.Wrap(launcher.Path)
            .WithArguments(launcher.Exec(options, [start.Executable, .. start.Arguments]))
            .WithWorkingDirectory(start.Directory)
            .WithValidation(CommandResultValidation.None);
    }
}
