using System.Globalization;

namespace ExtGap.Supervisor.ServiceManagement;

/// <summary>What the service manager that started the supervisor, such as systemd, told it by its environment.</summary>
/// <param name="NotifySocket">Where it wants to be told; none where there is no such manager.</param>
/// <param name="Watchdog">The longest silence that it bears; none where it does not watch.</param>
internal sealed record ServiceSettings(string? NotifySocket, TimeSpan? Watchdog)
{
    private const string Socket = "NOTIFY_SOCKET";
    private const string WatchdogInterval = "WATCHDOG_USEC";
    private const string WatchdogProcess = "WATCHDOG_PID";

    // Less than that would be a manager that asks for nothing but pings, more than that is no watchdog.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Reads the variables and removes them from this process, so that nothing that it starts speaks in its name.</summary>
    public static ServiceSettings Take()
    {
        var settings = Read(Environment.GetEnvironmentVariable, Environment.ProcessId);
        foreach (var name in new[] { Socket, WatchdogInterval, WatchdogProcess })
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        return settings;
    }

    /// <param name="variable">The value of a variable.</param>
    /// <param name="pid">This process: a watchdog may be meant for another one, which handed its environment on.</param>
    public static ServiceSettings Read(Func<string, string?> variable, int pid)
    {
        var socket = variable(Socket) is { Length: > 0 } name ? name : null;
        var isForMe = variable(WatchdogProcess) is not { Length: > 0 } process || process == pid.ToString(CultureInfo.InvariantCulture);
        var watches = long.TryParse(variable(WatchdogInterval), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0;
        return new(socket, watches && isForMe ? Limit(microseconds) : null);
    }

    private static TimeSpan Limit(long microseconds) =>
        TimeSpan.FromTicks(Math.Clamp(Math.Min(microseconds, long.MaxValue / TimeSpan.TicksPerMicrosecond) * TimeSpan.TicksPerMicrosecond, Shortest.Ticks, Longest.Ticks));
}
