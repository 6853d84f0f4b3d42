using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Control;

/// <summary>What the control pipe logs; event ids 400 to 499.</summary>
internal static partial class ControlLog
{
    [LoggerMessage(400, LogLevel.Debug, "Listening at {Path}")]
    public static partial void Listening(this ILogger log, string path);

    [LoggerMessage(401, LogLevel.Warning, "The control socket {Path} was removed or replaced: bound anew")]
    public static partial void BoundAnew(this ILogger log, string path);

    [LoggerMessage(402, LogLevel.Error, "The control socket {Path} was removed or replaced, and can't be bound anew: {Why}")]
    public static partial void CantBindAnew(this ILogger log, string path, string why);

    [LoggerMessage(403, LogLevel.Warning, "Refused {Count} client(s) of another user: {Why}")]
    public static partial void RefusedUser(this ILogger log, long count, string why);

    [LoggerMessage(404, LogLevel.Error, "Can't take clients ({Count} times), next try in {Seconds} s: {Why}")]
    public static partial void CantAccept(this ILogger log, long count, double seconds, string why);

    [LoggerMessage(405, LogLevel.Warning, "Hung up on a client: {Why}")]
    public static partial void HungUp(this ILogger log, string why);

    [LoggerMessage(406, LogLevel.Error, "The request {Request} failed")]
    public static partial void RequestFailed(this ILogger log, Exception exception, string request);

    [LoggerMessage(407, LogLevel.Error, "The request {Request} ended without an answer")]
    public static partial void NotAnswered(this ILogger log, string request);

    [LoggerMessage(408, LogLevel.Error, "A connection failed")]
    public static partial void ConnectionFailed(this ILogger log, Exception exception);

    [LoggerMessage(409, LogLevel.Warning, "{Count} request(s) did not end within {Seconds} s of the stop: cancelled")]
    public static partial void CancelledAtStop(this ILogger log, int count, double seconds);

    [LoggerMessage(410, LogLevel.Warning, "The lock in {RunDirectory} was removed by somebody: taken anew")]
    public static partial void LockTakenAnew(this ILogger log, string runDirectory);

    [LoggerMessage(411, LogLevel.Error, "The lock in {RunDirectory} was removed by somebody, and {Holder} has it now: this supervisor gives way")]
    public static partial void LockLost(this ILogger log, string runDirectory, string holder);

    [LoggerMessage(412, LogLevel.Error, "The lock in {RunDirectory} can't be looked at, or was removed and can't be taken anew")]
    public static partial void LockUnknown(this ILogger log, string runDirectory);

    [LoggerMessage(413, LogLevel.Critical, "No more requests are taken: the control server failed")]
    public static partial void ServerFailed(this ILogger log, Exception exception);
}
