using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Control;

/// <summary>One client: hellos, one request, its replies, the end. Nothing that it does or leaves undone reaches beyond it.</summary>
internal sealed class ControlConnection(Stream stream, IControlHandler handler, TimeProvider time, ILogger log)
{
    /// <summary>How long hello and request may take together. On a busy machine a verb that has said hello may wait for seconds before it can ask.</summary>
    public static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(20);

    /// <summary>How long a client may take for a reply. One that follows may be as slow as it likes.</summary>
    public static readonly TimeSpan ReplyLimit = TimeSpan.FromSeconds(30);

    private const string Stopping = "The supervisor is stopping.";

    private readonly ControlReplyWriter _writer = new(stream, time, log);

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

            await _writer.SayHelloAsync(both.Token);
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
            log.HungUp(e.Message);
            await _writer.HangUpAsync(new(ExitCode.Failure, e.Message));
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            var isEnding = stop.IsCancellationRequested;
            var why = isEnding ? Stopping : string.Create(CultureInfo.InvariantCulture, $"Nothing was asked within {RequestLimit.TotalSeconds} s.");
            log.HungUp(why);
            await _writer.HangUpAsync(new(ExitCode.Failure, why, isEnding));
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
        var watch = WatchAsync(gone);
        try
        {
            if (await HandleAsync(request, end.Token) is { } failure)
            {
                await _writer.TrySendAsync(failure, ReplyLimit, gone.Token);
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
        finally
        {
            await gone.CancelAsync();
            await watch;
        }
    }

    /// <returns>What the handler has not said itself; none where it has.</returns>
    private async Task<ControlReply.Failed?> HandleAsync(ControlRequest request, CancellationToken end)
    {
        try
        {
            if (await SendRepliesAsync(request, end))
            {
                return null;
            }

            end.ThrowIfCancellationRequested();
            log.NotAnswered(request.GetType().Name);
            return new(ExitCode.Failure, "The supervisor has no answer to this: see its log.");
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return new(ExitCode.Failure, Stopping, IsEnding: true);
        }
        catch (SupervisorException e)
        {
            return new(e.ExitCode, e.Message, e is SupervisorEndingException);
        }
        catch (Exception e)
        {
            // Its message may hold what only the log may know.
            log.RequestFailed(e, request.GetType().Name);
            return new(ExitCode.Failure, $"The supervisor failed at this ({e.GetType().Name}): see its log.");
        }
    }

    /// <returns>Whether the request has come to its end, be it that the client no longer listens.</returns>
    private async Task<bool> SendRepliesAsync(ControlRequest request, CancellationToken end)
    {
        TimeSpan? limit = ControlRequestCheck.IsStream(request) ? null : ReplyLimit;
        await foreach (var reply in handler.HandleAsync(request, end).WithCancellation(end))
        {
            if (!await _writer.TrySendAsync(reply, limit, end) || reply is ControlReply.Done or ControlReply.Failed)
            {
                return true;
            }
        }

        return false;
    }

    // A client has nothing to say after its request, so whatever can be read is its end, and the handler's too.
    private async Task WatchAsync(CancellationTokenSource gone)
    {
        try
        {
            if (await stream.ReadAsync(new byte[1], gone.Token) > 0)
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
}
