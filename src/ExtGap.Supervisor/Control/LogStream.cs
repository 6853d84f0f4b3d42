using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ExtGap.Supervisor.Logs;
using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Control;

/// <summary>Answers <c>extgap logs</c>: the last lines of one log or of several, and, where asked, what comes after them.</summary>
internal sealed class LogStream(ControlRequest.Logs request, SupervisorLoop loop)
{
    // Lines of several programs wait here for a client that is slow; then their followers wait.
    private const int Waiting = 16;

    public async IAsyncEnumerable<ControlReply> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (programs, _) = loop.Snapshot.Get();
        if (NameCheck.Complaint(request.Names, programs) is { } complaint)
        {
            yield return new ControlReply.Failed(ExitCode.Usage, complaint);
            yield break;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lines = Channel.CreateBounded<ControlReply>(Waiting);
        var readers = NameCheck.Choose(request.Names, programs).Select(program => PumpAsync(program, lines.Writer, ended.Token)).ToList();
        var all = Task.WhenAll(readers).ContinueWith(task => lines.Writer.TryComplete(task.Exception), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(cancellationToken))
            {
                yield return line;
            }
        }
        finally
        {
            await ended.CancelAsync();
            await all;
        }

        yield return new ControlReply.Done(ExitCode.Success);
    }

    private async Task PumpAsync(ProgramView program, ChannelWriter<ControlReply> lines, CancellationToken cancellationToken)
    {
        if (!request.Follow)
        {
            var options = program.Options.Logs;
            var path = request.Stderr ? LogFiles.Stderr(options, program.Name) : LogFiles.Stdout(options, program.Name);
            foreach (var line in LogTail.Lines(path, request.Lines))
            {
                await lines.WriteAsync(new ControlReply.LogLines(program.Name, line), cancellationToken);
            }

            return;
        }

        var log = request.Stderr ? program.Logs.Stderr : program.Logs.Stdout;
        await foreach (var text in log.Follow(request.Lines, cancellationToken))
        {
            await lines.WriteAsync(new ControlReply.LogLines(program.Name, text), cancellationToken);
        }
    }
}
