namespace ExtGap.Supervisor.Control;

/// <summary>A connection to a running supervisor; it takes one request.</summary>
internal interface IControlClient : IAsyncDisposable
{
    /// <summary>Asks, and yields each answer as it comes; the last one is <see cref="ControlReply.Done"/> or <see cref="ControlReply.Failed"/>.</summary>
    /// <exception cref="SupervisorException">The supervisor went away, or speaks another protocol.</exception>
    IAsyncEnumerable<ControlReply> AskAsync(ControlRequest request, CancellationToken cancellationToken);
}
