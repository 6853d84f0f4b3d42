using System.Runtime.CompilerServices;

namespace ExtGap.Supervisor.Control;

/// <summary>A verb's connection to the supervisor. It takes one request, which must come within 20 s.</summary>
internal sealed class ControlClient : IControlClient
{
    private readonly Stream _stream;
    private readonly string _configuration;

    /// <param name="stream">A connection on which both sides have said hello.</param>
    /// <param name="configuration">The supervisor.json that it is for, for the messages.</param>
    internal ControlClient(Stream stream, string configuration) => (_stream, _configuration) = (stream, configuration);

    /// <summary>Connects to the supervisor of a run directory. Where none runs, it says so at once.</summary>
    /// <param name="runDirectory">Absolute path.</param>
    /// <param name="configuration">The supervisor.json that it is for, for the messages.</param>
    /// <param name="time">Measures the limits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SupervisorException">
    /// None runs (<see cref="ExitCode.NoSupervisor"/>), or it is another user's, does not answer, or speaks another protocol (<see cref="ExitCode.Failure"/>).
    /// </exception>
    public static async Task<ControlClient> ConnectAsync(string runDirectory, string configuration, TimeProvider time, CancellationToken cancellationToken)
    {
        var connector = new ControlConnector(runDirectory, configuration, time);
        return new(await connector.ConnectAsync(cancellationToken), configuration);
    }

    /// <summary>Asks, and yields the replies as they come; the last one is <see cref="ControlReply.Done"/> or <see cref="ControlReply.Failed"/>.</summary>
    /// <exception cref="SupervisorException">The request is too long, or the connection was lost before the last reply.</exception>
    public async IAsyncEnumerable<ControlReply> AskAsync(ControlRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await SendAsync(request, cancellationToken);
        while (true)
        {
            var reply = await ReadAsync(cancellationToken);
            yield return reply;
            if (reply is ControlReply.Done or ControlReply.Failed)
            {
                yield break;
            }
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task SendAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await ControlFraming.WriteAsync(_stream, request, ControlJson.Default.ControlRequest, ControlFraming.MaxRequestBytes, cancellationToken);
        }
        catch (ControlProtocolException e)
        {
            throw new SupervisorException(ExitCode.Usage, $"The request is too long: {e.Message}", e);
        }
        catch (IOException)
        {
            // A supervisor that hangs up has said why before it did; that is there to be read.
        }
    }

    private async Task<ControlReply> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reply = await ControlFraming.ReadAsync(_stream, ControlJson.Default.ControlReply, ControlFraming.MaxReplyBytes, cancellationToken)
                ?? throw Lost(null);
            ControlReplyCheck.Check(reply);
            return reply;
        }
        catch (Exception e) when (e is IOException or ControlProtocolException)
        {
            throw Lost(e);
        }
    }

    private SupervisorException Lost(Exception? cause) =>
        new(ExitCode.Failure, $"The supervisor for {_configuration} was lost before it had answered{(cause is null ? string.Empty : $" ({cause.Message})")}: see its log.", cause);
}
