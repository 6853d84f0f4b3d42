using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Control;

/// <summary>What one client is told, in whole messages.</summary>
internal sealed class ControlReplyWriter(Stream stream, TimeProvider time, ILogger log)
{
    private bool _saidHello;

    // After a part of a message nothing else can be said.
    private bool _isMute;

    /// <summary>Says something.</summary>
    /// <param name="reply">What is said.</param>
    /// <param name="within">How long the client may take to take it.</param>
    /// <param name="cancellationToken">The client has gone, or need not be told any more.</param>
    /// <returns>Whether it was said; otherwise the client has gone, or was given up.</returns>
    /// <exception cref="SupervisorException">It is too long; nothing was said.</exception>
    public async Task<bool> TrySendAsync(ControlReply reply, TimeSpan? within, CancellationToken cancellationToken)
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

    /// <summary>Says hello, once.</summary>
    public async Task SayHelloAsync(CancellationToken cancellationToken)
    {
        if (!_saidHello)
        {
            _saidHello = true;
            await ControlFraming.WriteAsync(stream, ControlHello.Current, ControlJson.Default.ControlHello, ControlFraming.MaxRequestBytes, cancellationToken);
        }
    }

    /// <summary>Says why it ends, if that can still be said.</summary>
    public async Task HangUpAsync(ControlReply.Failed why)
    {
        // A few bytes fit into any pipe but one that is full, which is not waited for.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        try
        {
            await SayHelloAsync(limit.Token);
            await TrySendAsync(why, null, limit.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It gets no reason, then.
        }
    }
}
