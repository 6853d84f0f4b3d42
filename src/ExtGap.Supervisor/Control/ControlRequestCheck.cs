namespace ExtGap.Supervisor.Control;

/// <summary>What JSON's types can't say of a request.</summary>
internal static class ControlRequestCheck
{
    private const double LeastInterval = 0.1;
    private const double LongestInterval = 86_400;

    /// <summary>Whether it is answered until the client goes, rather than once.</summary>
    public static bool IsStream(ControlRequest request) =>
        request is ControlRequest.Status { IntervalSeconds: not null } or ControlRequest.Logs { Follow: true };

    /// <summary>Refuses a request that no handler could make sense of.</summary>
    /// <exception cref="ControlProtocolException">It has a name that is null, an interval outside 0.1 s to a day, or a negative number of lines.</exception>
    public static void Check(ControlRequest request)
    {
        var fault = request switch
        {
            ControlRequest.Start { Names: var names } => FaultOf(names),
            ControlRequest.Stop { Names: var names } => FaultOf(names),
            ControlRequest.Restart { Names: var names } => FaultOf(names),
            ControlRequest.Status { IntervalSeconds: < LeastInterval or > LongestInterval } => "intervalSeconds is 0.1 to 86400.",
            ControlRequest.Status { Names: var names } => FaultOf(names),
            ControlRequest.Logs { Lines: < 0 } => "lines is 0 or more.",
            ControlRequest.Logs { Names: var names } => FaultOf(names),
            _ => null,
        };
        if (fault is not null)
        {
            throw new ControlProtocolException($"A request can't be understood: {fault}");
        }
    }

    // The serializer keeps nulls from properties, not from the elements of a list.
    private static string? FaultOf(IReadOnlyList<string?> names) => names.Any(name => name is null) ? "a name is text, not null." : null;
}
