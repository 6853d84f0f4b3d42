namespace ExtGap.Supervisor.Control;

/// <summary>Where clients come in.</summary>
internal interface IControlListener : IDisposable
{
    /// <summary>Whether the path leads here; not so once somebody has removed the socket or put something else in its place.</summary>
    bool IsReachable { get; }

    /// <summary>Waits for the next client; ends by being cancelled, by its token or by the listener's end.</summary>
    /// <exception cref="UnauthorizedAccessException">It is another user's; it has been hung up on.</exception>
    /// <exception cref="IOException">There are too many open files, for example; the runtime has more exceptions for such.</exception>
    Task<Stream> AcceptAsync(CancellationToken cancellationToken);

    /// <summary>Takes the socket away, so that clients know at once that nobody listens.</summary>
    void Remove();
}

/// <summary>Keeps the path for a listener.</summary>
internal interface IControlOwnership
{
    /// <summary>Looks whether the path is still this supervisor's and leads to its listener.</summary>
    /// <returns>A listener to be used instead; none where the old one goes on.</returns>
    IControlListener? Renew(IControlListener listener);
}
