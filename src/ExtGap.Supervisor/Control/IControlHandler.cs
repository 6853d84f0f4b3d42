namespace ExtGap.Supervisor.Control;

/// <summary>Does what clients ask. The server calls it once for each request and sends what it yields.</summary>
internal interface IControlHandler
{
    /// <summary>Answers a request; the last reply is <see cref="ControlReply.Done"/> or <see cref="ControlReply.Failed"/>.</summary>
    /// <param name="request">Well-formed; its names may be anything.</param>
    /// <param name="cancellationToken">The client has gone, or the supervisor is about to.</param>
    IAsyncEnumerable<ControlReply> HandleAsync(ControlRequest request, CancellationToken cancellationToken);
}
