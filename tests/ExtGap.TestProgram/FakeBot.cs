using ExtGap.Shared;

namespace ExtGap.TestProgram;

/// <summary>Says over <c>NOTIFY_SOCKET</c> what a bot says, in the way that a bot does.</summary>
internal static class FakeBot
{
    /// <param name="every">Between two signs of life; none where there is none.</param>
    public static async Task<int> RunAsync(TimeSpan? every)
    {
        using var supervisor = new ServiceManager(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"));
        supervisor.Tell("READY=1", "WATCHDOG=1", "STATUS=pretending", $"X_EXTGAP={{\"version\":1,\"pid\":{Environment.ProcessId}}}");
        using var timer = every is { } period ? new Timer(_ => TellAlive(supervisor), null, period, period) : null;
        await Waiter.WaitAsync();
        supervisor.Tell("STOPPING=1");
        return 0;
    }

    private static void TellAlive(ServiceManager supervisor)
    {
        try
        {
            supervisor.Tell("WATCHDOG=1");
        }
        catch (ObjectDisposedException)
        {
            // This program is about to end.
        }
    }
}
