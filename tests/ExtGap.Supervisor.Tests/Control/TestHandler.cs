using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Tests.Control;

internal static class Replies
{
    public static async IAsyncEnumerable<ControlReply> Done(ControlRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield return new ControlReply.Done(ExitCode.Success);
    }

    /// <summary>Says one thing, then nothing until it is cancelled.</summary>
    public static async IAsyncEnumerable<ControlReply> Waiting(ControlRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new ControlReply.Progress("waiting");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    /// <summary>Says so much, in pieces of a megabyte.</summary>
    public static async IAsyncEnumerable<ControlReply> Megabytes(int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return new ControlReply.LogLines("3m", new('x', 1_000_000));
        }

        yield return new ControlReply.Done(ExitCode.Success);
    }

    /// <summary>Says what a channel gives, and that it is done when the channel ends.</summary>
    public static async IAsyncEnumerable<ControlReply> From(ChannelReader<string> channel, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var text in channel.ReadAllAsync(cancellationToken))
        {
            yield return new ControlReply.Progress(text);
        }

        yield return new ControlReply.Done(ExitCode.Success);
    }
}

/// <summary>Answers as the test says, and tells of each request that it has come and how it ended.</summary>
internal sealed class TestHandler(Func<ControlRequest, CancellationToken, IAsyncEnumerable<ControlReply>> answer) : IControlHandler
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Asked => _asked.Task;

    public Task Cancelled => _cancelled.Task;

    public IAsyncEnumerable<ControlReply> HandleAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        cancellationToken.Register(() => _cancelled.TrySetResult());
        return answer(request, cancellationToken);
    }
}
