using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;
using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Running;

/// <summary>What the supervisor logs of programs and of itself; event ids 320 to 399.</summary>
internal static partial class SupervisorEvents
{
    /// <summary>A program has come from one state to another.</summary>
    public static void Transition(this ILogger log, ProgramOptions options, ProgramState before, ProgramState after, TimeSpan now)
    {
        var from = PhaseNames.Of(before.Phase);
        var to = PhaseNames.Of(after.Phase);
        switch (after.Phase)
        {
            case ProgramPhase.Running:
                log.BecameRunning(options.Name, from, to, after.Pid, Seconds(now - before.Since));
                break;
            case ProgramPhase.Backoff:
                log.BackedOff(options.Name, from, to, after.Reason, Seconds((after.Deadline ?? now) - now), after.Failures);
                break;
            case ProgramPhase.Fatal:
                log.GaveUp(options.Name, from, to, after.Reason);
                break;
            case ProgramPhase.Stopping when after.Reason is not null:
                log.Failed(options.Name, from, to, after.Reason);
                break;
            default:
                log.Changed(options.Name, from, to, after.LastExit is { } cause && before.Phase == ProgramPhase.Stopping ? $" ({cause})" : string.Empty);
                break;
        }
    }

    [LoggerMessage(320, LogLevel.Information, "{Program}: {From} -> {To}{Remark}")]
    private static partial void Changed(this ILogger log, string program, string from, string to, string remark);

    [LoggerMessage(321, LogLevel.Information, "{Program}: {From} -> {To}, pid {Pid}, after {Seconds}")]
    private static partial void BecameRunning(this ILogger log, string program, string from, string to, int? pid, string seconds);

    [LoggerMessage(322, LogLevel.Warning, "{Program}: {From} -> {To}: {Reason}")]
    private static partial void Failed(this ILogger log, string program, string from, string to, string reason);

    [LoggerMessage(323, LogLevel.Warning, "{Program}: {From} -> {To}: {Reason}; next try in {Delay}, failure {Failures} in a row")]
    private static partial void BackedOff(this ILogger log, string program, string from, string to, string? reason, string delay, int failures);

    [LoggerMessage(324, LogLevel.Error, "{Program}: {From} -> {To}: {Reason}")]
    private static partial void GaveUp(this ILogger log, string program, string from, string to, string? reason);

    [LoggerMessage(325, LogLevel.Critical, "The supervisor's loop met a fault of its own at {Input} and goes on")]
    public static partial void LoopFailed(this ILogger log, Exception error, string input);

    [LoggerMessage(326, LogLevel.Information, "ExtGap {Version}: supervisor of {Configuration}, pid {Pid}, {Programs} programs")]
    public static partial void Starting(this ILogger log, string version, string configuration, int pid, int programs);

    [LoggerMessage(327, LogLevel.Information, "Stopping all programs: {Why}")]
    public static partial void Stopping(this ILogger log, string why);

    [LoggerMessage(328, LogLevel.Information, "Stopped")]
    public static partial void Stopped(this ILogger log);

    [LoggerMessage(329, LogLevel.Information, "Configuration read again: {Result}")]
    public static partial void Reloaded(this ILogger log, string result);

    [LoggerMessage(330, LogLevel.Warning, "Alert: {Text}")]
    public static partial void Alerting(this ILogger log, string text);

    [LoggerMessage(331, LogLevel.Error, "The alert could not be sent, and is tried again in {Seconds} s: {Why}")]
    public static partial void AlertFailed(this ILogger log, double seconds, string why);

    [LoggerMessage(332, LogLevel.Warning, "Alerts are off: {Why}")]
    public static partial void AlertsOff(this ILogger log, string why);

    [LoggerMessage(333, LogLevel.Critical, "The supervisor ends by an error that it does not know")]
    public static partial void Crashed(this ILogger log, Exception error);

    [LoggerMessage(334, LogLevel.Error, "{Program}: its group {Pid} does not end, not even by SIGKILL: left behind")]
    public static partial void LeftBehind(this ILogger log, string program, int? pid);

    [LoggerMessage(335, LogLevel.Warning, "The supervisor was stopped or starved: it is {Seconds} s late")]
    public static partial void Overslept(this ILogger log, double seconds);

    [LoggerMessage(336, LogLevel.Warning, "The alert has not reached every chat, and is not tried again: {Why}")]
    public static partial void AlertIncomplete(this ILogger log, string why);

    [LoggerMessage(337, LogLevel.Warning, "The programs' memory can't be measured, next try in {Seconds} s: {Why}")]
    public static partial void NotMeasured(this ILogger log, double seconds, string why);

    // What was due a moment ago is due now.
    private static string Seconds(TimeSpan span) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalSeconds):0.##} s");
}
