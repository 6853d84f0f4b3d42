using System.Text.Json;
using ExtGap.Shared;

namespace ExtGap.Bot.Hosting;

/// <summary>Tells the supervisor that the loop turns, and writes the status file that <c>extgap-bot health</c> reads.</summary>
internal sealed class BotMonitor(ServiceManager supervisor, string statusPath, TimeProvider time) : IBotMonitor
{
    private static readonly TimeSpan BetweenStatuses = TimeSpan.FromSeconds(5);

    private readonly long _started = time.GetTimestamp();
    private TimeSpan? _told;
    private bool _saidReady;
    private Feed.FeedState _toldState;

    public void Show(BotState state)
    {
        var now = time.GetElapsedTime(_started);
        if (_told is { } told && now - told < BetweenStatuses && _toldState == state.Feed.State)
        {
            supervisor.Tell("WATCHDOG=1");
            return;
        }

        _told = now;
        _toldState = state.Feed.State;
        var status = BotStatus.Of(state, MonotonicClock.Milliseconds(time));
        var json = JsonSerializer.Serialize(status, BotStatusJson.Default.BotStatus);

        // With all that a supervisor wants to know of a bot that is ready; again where it could not be sent, for a bot that is never ready is killed.
        _saidReady |= supervisor.Tell([.. _saidReady ? Array.Empty<string>() : ["READY=1"], "WATCHDOG=1", $"STATUS={status.InWords()}", $"X_EXTGAP={json}"]);
        Write(json);
    }

    private void Write(string json)
    {
        try
        {
            File.WriteAllText(statusPath + ".partial", json + "\n");
            File.Move(statusPath + ".partial", statusPath, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its age tells those who read it.
        }
    }
}

/// <summary>The monotonic clock that all processes of a machine share.</summary>
internal static class MonotonicClock
{
    public static long Milliseconds(TimeProvider time) => (long)(time.GetTimestamp() * 1000.0 / time.TimestampFrequency);
}
