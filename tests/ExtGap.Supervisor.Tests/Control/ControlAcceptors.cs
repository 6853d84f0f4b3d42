using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Tests.Control;

public sealed class ControlAcceptors
{
    [Fact(Timeout = 30_000)]
    public async Task A_listener_that_fails_is_asked_again_after_a_pause_and_told_of_once_a_minute()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var (time, log, listener) = (new WatchedTime(), new RecordedLog(), new FailingListener(65));
        var served = new TaskCompletionSource();
        var acceptor = new ControlAcceptor(
            listener,
            listener,
            client =>
            {
                served.TrySetResult();
                return client.DisposeAsync().AsTask();
            },
            time,
            log);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = acceptor.RunAsync(stop.Token);

        for (var failures = 1; failures <= 65; failures++)
        {
            await time.TimersAsync(ControlAcceptor.PauseAfterFailure, failures, cancellationToken);
            Assert.Equal(failures, listener.Accepts);
            Assert.Equal(failures > 60 ? 2 : 1, log.Of(404).Count);
            time.Advance(ControlAcceptor.PauseAfterFailure);
        }

        await served.Task.WaitAsync(cancellationToken);
        await stop.CancelAsync();
        await run;
        Assert.True(listener.IsRemoved);
    }

    /// <summary>Has no more descriptors for a while, then one client.</summary>
    private sealed class FailingListener(int failures) : IControlListener, IControlOwnership
    {
        public int Accepts { get; private set; }

        public bool IsRemoved { get; private set; }

        public bool IsReachable => true;

        public async Task<Stream> AcceptAsync(CancellationToken cancellationToken)
        {
            Accepts++;
            if (Accepts <= failures)
            {
                throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.TooManyOpenSockets);
            }

            if (Accepts > failures + 1)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return new MemoryStream();
        }

        public IControlListener? Renew(IControlListener listener) => null;

        public void Remove() => IsRemoved = true;

        public void Dispose()
        {
        }
    }
}
