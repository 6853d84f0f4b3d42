using System.Threading.Channels;

namespace ExtGap.Supervisor.Running;

/// <summary>
/// The one thread that starts processes. A parent-death signal (PR_SET_PDEATHSIG) follows the thread that forked, not its process: children
/// started from the thread pool die when the pool lets a thread go. This one ends only with the process.
/// </summary>
internal static class Spawner
{
    private static readonly Lazy<Channel<Action>> Work = new(Begin);

    /// <summary>Does something on that thread. It must be brief, and must not wait.</summary>
    public static Task<T> RunAsync<T>(Func<T> spawn)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Value.Writer.TryWrite(() =>
        {
            try
            {
                done.SetResult(spawn());
            }
            catch (Exception e)
            {
                // It belongs to whoever waits for the result; the thread must never end.
                done.SetException(e);
            }
        });
        return done.Task;
    }

    private static Channel<Action> Begin()
    {
        var work = Channel.CreateUnbounded<Action>(new() { SingleReader = true });
        new Thread(() => Serve(work.Reader)) { IsBackground = true, Name = "spawner" }.Start();
        return work;
    }

    private static void Serve(ChannelReader<Action> work)
    {
        // A blocking wait on purpose: behind an await another thread would go on.
        while (work.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (work.TryRead(out var spawn))
            {
                spawn();
            }
        }
    }
}
