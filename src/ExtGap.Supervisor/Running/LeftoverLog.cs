using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Running;

internal static partial class LeftoverLog
{
    [LoggerMessage(EventId = 300, Level = LogLevel.Warning, Message = "Killed what an earlier supervisor left behind: process group {Group}, {Processes} processes")]
    public static partial void LeftoverKilled(this ILogger logger, int group, int processes);

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "{Path} can't be written, so a supervisor after this one couldn't clean up after it: {Reason}")]
    public static partial void GroupsNotRecorded(this ILogger logger, string path, string reason);
}
