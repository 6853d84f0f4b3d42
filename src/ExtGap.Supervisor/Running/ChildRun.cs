using System.Diagnostics;
using System.IO.Pipes;
using CliWrap;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Supervisor.Running;

/// <summary>A process from its start to the end of its output.</summary>
internal sealed class ChildRun : IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _tooLate = new();
    private readonly CommandTask<CommandResult> _command;
    private Process? _process;
    private ProcessHandle? _handle;

    /// <summary>Starts it, from the thread that calls.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The system starts nothing.</exception>
    public ChildRun(Command command, ChildStart start)
    {
        _command = command

            // The lifeline: as long as this process lives, stdin has no end.
            .WithStandardInputPipe(PipeSource.Create((_, _) => _ended.Task))
            .WithStandardOutputPipe(PipeTarget.Create((pipe, _) => CopyAsync(pipe, start.Output)))
            .WithStandardErrorPipe(PipeTarget.Create((pipe, _) => CopyAsync(pipe, start.Error)))
            .ExecuteAsync(info => SetEnvironment(info, start.Environment), OnStarted);
    }

    /// <summary>Accompanies the process to its end, and disposes of itself there.</summary>
    /// <param name="time">For the limit.</param>
    /// <param name="drainLimit">How long to go on reading once the group is empty.</param>
    public ChildProcess Follow(TimeProvider time, TimeSpan drainLimit)
    {
        var child = new ChildProcess(_process!.Id);
        child.Gone = FollowAsync(child, time, drainLimit);
        return child;
    }

    public void Dispose()
    {
        _tooLate.Dispose();
        _handle?.Dispose();
    }

    private async Task FollowAsync(ChildProcess child, TimeProvider time, TimeSpan drainLimit)
    {
        using var self = this;

        // Not the command's own task, which also waits for the pipes.
        await _process!.WaitForExitAsync();
        child.End(_process.ExitCode, _handle!.TellExit());
        _ended.SetResult();

        await ProcessGroup.WaitUntilEmptyAsync(child.Pid, time);
        child.Leave();

        await using var limit = time.CreateTimer(_ => _tooLate.Cancel(), null, drainLimit, Timeout.InfiniteTimeSpan);
        await _command;
    }

    private void OnStarted(Process process)
    {
        _process = process;
        _handle = ProcessHandle.Open(process.Id);
    }

    private async Task CopyAsync(Stream pipe, IOutputSink sink)
    {
        try
        {
            await OutputReader.CopyAsync(((PipeStream)pipe).SafePipeHandle, sink, _tooLate.Token);
        }
        catch (OperationCanceledException) when (_tooLate.IsCancellationRequested)
        {
            // Who still holds the pipe is none of the group.
        }
        finally
        {
            // When the pipes are done CliWrap disposes of the process, which has yet to tell its exit code.
            await _ended.Task;
        }
    }

    private static void SetEnvironment(ProcessStartInfo info, IReadOnlyDictionary<string, string> environment)
    {
        info.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }
    }
}
