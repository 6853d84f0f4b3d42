using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Control;

/// <summary>One client: hellos, one request, its replies, the end. Nothing that it does or leaves undone reaches beyond it.</summary>
internal sealed class ControlConnection(Stream stream, IControlHandler handler, TimeProvider time, ILogger log)
{
    /// <summary>How long hello and request may take together.</summary>
    public static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(5);

    /// <summary>How long a client may take for a reply. One that follows may be as slow as it likes.</summary>
    public static readonly TimeSpan ReplyLimit = TimeSpan.FromSeconds(30);

    private bool _saidHello;

    // After a part of a message nothing else can be said.
    private bool _isMute;

    /// <summary>Serves the client to its end; it does not throw.</summary>
    /// <param name="stopStreams">Ends a request that goes on until the client goes.</param>
    /// <param name="stopAll">Ends every request.</param>
    public async Task RunAsync(CancellationToken stopStreams, CancellationToken stopAll)
    {
        try
        {
            await using (stream)
            {
                if (await ReadRequestAsync(stopStreams) is { } request)
                {
                    await AnswerAsync(request, ControlRequestCheck.IsStream(request) ? stopStreams : stopAll);
                }
            }
        }
        catch (Exception e)
        {
            log.ConnectionFailed(e);
        }
    }

    private async Task<ControlRequest?> ReadRequestAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(RequestLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            if (await ControlFraming.ReadAsync(stream, ControlJson.Default.ControlHello, ControlFraming.MaxRequestBytes, both.Token) is not { } hello)
            {
                return null;
            }

            await SayHelloAsync(both.Token);
            if (hello.Protocol != ControlHello.CurrentProtocol)
            {
                throw new ControlProtocolException(ControlHello.TellMismatch(hello, ControlHello.Current));
            }

            var request = await ControlFraming.ReadAsync(stream, ControlJson.Default.ControlRequest, ControlFraming.MaxRequestBytes, both.Token);
            if (request is not null)
            {
                ControlRequestCheck.Check(request);
            }

            return request;
        }
        catch (ControlProtocolException e)
        {
            await HangUpAsync(e.Message);
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            await HangUpAsync(stop.IsCancellationRequested ? "The supervisor is stopping." : "Nothing was asked within 5 s.");
        }
        catch (IOException)
        {
            // The client has gone.
        }

        return null;
    }

    private async Task AnswerAsync(ControlRequest request, CancellationToken stop)
    {
        using var gone = new CancellationTokenSource();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(gone.Token, stop);
        var watch = WatchAsync(gone, end.Token);
        try
        {
            if (!await SendRepliesAsync(request, end.Token))
            {
                log.NotAnswered(request.GetType().Name);
                await TrySendAsync(new ControlReply.Failed(ExitCode.Failure, "The supervisor has no answer to this: see its log."), ReplyLimit, end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            if (!gone.IsCancellationRequested)
            {
                await HangUpAsync("The supervisor is stopping.");
            }
        }
        catch (SupervisorException e)
        {
            await TrySendAsync(new ControlReply.Failed(e.ExitCode, e.Message), ReplyLimit, end.Token);
        }
        catch (Exception e)
        {
            // Its message may hold what only the log may know.
            log.RequestFailed(e, request.GetType().Name);
            var error = $"The supervisor failed at this ({e.GetType().Name}): see its log.";
            await TrySendAsync(new ControlReply.Failed(ExitCode.Failure, error), ReplyLimit, end.Token);
        }
        finally
        {
            await gone.CancelAsync();
            await watch;
        }
    }

    /// <returns>Whether the request has come to its end, be it that the client no longer listens.</returns>
    private async Task<bool> SendRepliesAsync(ControlRequest request, CancellationToken end)
    {
        TimeSpan? limit = ControlRequestCheck.IsStream(request) ? null : ReplyLimit;
        await foreach (var reply in handler.HandleAsync(request, end).WithCancellation(end))
        {
            if (!await TrySendAsync(reply, limit, end) || reply is ControlReply.Done or ControlReply.Failed)
            {
                return true;
            }
        }

        return false;
    }

    // A client has nothing to say after its request, so whatever can be read is its end, and the handler's too.
    private async Task WatchAsync(CancellationTokenSource gone, CancellationToken end)
    {
        try
        {
            if (await stream.ReadAsync(new byte[1], end) > 0)
            {
                log.HungUp("it went on after its request");
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The same end.
        }

        await gone.CancelAsync();
    }

    private async Task<bool> TrySendAsync(ControlReply reply, TimeSpan? within, CancellationToken cancellationToken)
    {
        if (_isMute)
        {
            return false;
        }

        using var limit = new CancellationTokenSource(within ?? Timeout.InfiniteTimeSpan, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            both.Token.ThrowIfCancellationRequested();
            _isMute = true;
            await ControlFraming.WriteAsync(stream, reply, ControlJson.Default.ControlReply, ControlFraming.MaxReplyBytes, both.Token);
            _isMute = false;
            return true;
        }
        catch (ControlProtocolException e)
        {
            _isMute = false;
            throw new SupervisorException(ExitCode.Failure, $"The answer is too long: ask for less. {e.Message}", e);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            log.HungUp(string.Create(CultureInfo.InvariantCulture, $"it did not take a reply within {within?.TotalSeconds} s"));
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task SayHelloAsync(CancellationToken cancellationToken)
    {
        if (!_saidHello)
        {
            _saidHello = true;
            await ControlFraming.WriteAsync(stream, ControlHello.Current, ControlJson.Default.ControlHello, ControlFraming.MaxRequestBytes, cancellationToken);
        }
    }

    // A hello and a Failed fit into the buffer of any client but one that reads nothing, which is not waited for.
    private async Task HangUpAsync(string why)
    {
        log.HungUp(why);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        try
        {
            await SayHelloAsync(limit.Token);
            await TrySendAsync(new ControlReply.Failed(ExitCode.Failure, why), null, limit.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It gets no reason, then.
        }
    }
}
