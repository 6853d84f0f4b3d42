using System.Globalization;
using System.Text;
using ExtGap.Supervisor.Lifecycle;

namespace ExtGap.Supervisor.Alerts;

/// <summary>The sentences of alerts.</summary>
internal static class AlertTexts
{
    private const int LongestLine = 200;

    public static string CrashLoop(string name, int restarts, TimeSpan within, ProgramState state) =>
        $"{name} keeps failing: {Count(restarts, "restart")} within {Duration(within)}.{LastWords(state)}";

    public static string Watchdog(string name, ProgramState state) => $"{name} hung and is being killed: {state.Reason ?? "it was silent"}.";

    public static string Down(string name, TimeSpan down, ProgramState state)
    {
        var why = string.IsNullOrWhiteSpace(state.Reason) ? string.Empty : $" ({Cut(state.Reason)})";
        return $"{name} has been down for {Duration(down)}. It is in {state.Phase.ToString().ToUpperInvariant()}{why}.{LastWords(state)}";
    }

    public static string StaleFeed(string name, TimeSpan stale) => $"{name} runs, but its feed has had no fresh data for {Duration(stale)}.";

    public static string CrashLoopOver(string name, int restarts, TimeSpan lasted, ProgramState state) =>
        $"{name} {Recovered(state, "is stable again")}. It had been failing for {Duration(lasted)}, with {Count(restarts, "restart")}.";

    public static string WatchdogOver(string name, TimeSpan lasted, ProgramState state) => $"{name} {Recovered(state, "runs again")}, {Duration(lasted)} after it had hung.";

    public static string DownOver(string name, TimeSpan lasted, ProgramState state) => $"{name} {Recovered(state, "runs again")}. It had been down for {Duration(lasted)}.";

    public static string StaleFeedOver(string name, TimeSpan lasted, ProgramState state) =>
        state.Phase == ProgramPhase.Running
            ? $"{name}'s feed is fresh again. It had been stale for {Duration(lasted)}."
            : $"{name} {Recovered(state, string.Empty)}. Its feed had been stale for {Duration(lasted)}.";

    /// <summary>The two largest units that say something: <c>45 seconds</c>, <c>10 minutes</c>, <c>2 hours 5 minutes</c>, <c>3 days 1 hour</c>.</summary>
    public static string Duration(TimeSpan span)
    {
        var seconds = Math.Max(0, (long)Math.Round(span.TotalSeconds));
        var (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
        return (days, hours, minutes) switch
        {
            ( > 0, _, _) => Both(Count(days, "day"), hours, "hour"),
            (_, > 0, _) => Both(Count(hours, "hour"), minutes, "minute"),
            (_, _, > 0) => Both(Count(minutes, "minute"), seconds % 60, "second"),
            _ => Count(seconds, "second"),
        };
    }

    private static string Both(string first, long count, string unit) => count == 0 ? first : $"{first} {Count(count, unit)}";

    private static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? string.Empty : "s")}");

    private static string Recovered(ProgramState state, string words) => state.Phase == ProgramPhase.Exited ? $"has ended with {state.LastExit}" : words;

    /// <summary>How the last process ended and what it said, where the reason is not just that.</summary>
    private static string LastWords(ProgramState state)
    {
        var exit = state.LastExit?.ToString() is { } words && words != state.Reason ? $" Last exit: {words}." : string.Empty;
        return string.IsNullOrWhiteSpace(state.LastError) || state.LastError == state.Reason ? exit : $"{exit}\nLast error: {Cut(state.LastError)}";
    }

    /// <summary>At most 200 characters of a line, whole ones, and none that would break it.</summary>
    private static string Cut(string line)
    {
        line = line.Trim();
        var longest = line.Length > LongestLine ? LongestLine - 1 : LongestLine;
        var text = new StringBuilder();
        foreach (var rune in line.EnumerateRunes())
        {
            if (text.Length + rune.Utf16SequenceLength > longest)
            {
                return text.Append('…').ToString();
            }

            text.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return text.ToString();
    }
}
