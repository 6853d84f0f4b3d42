using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Tests.Control;

/// <summary>A status that has everything.</summary>
internal static class Example
{
    public static SupervisorStatus Status { get; } = new()
    {
        Supervisor = new(12, "0.1.0", "/srv/extgap/supervisor.json", 3600.5, 10_000_000),
        Programs =
        [
            new()
            {
                Name = "3m",
                State = "BACKOFF",
                IsTroubled = true,
                Pid = 4711,
                StateSeconds = 1.5,
                UptimeSeconds = 2.5,
                Restarts = 3,
                Failures = 2,
                NextTrySeconds = 4.5,
                LastExit = "killed by SIGKILL",
                LastError = "émoji 😀 \"quoted\"",
                Reason = "not ready within 60 s",
                WasKilled = true,
                CpuPercent = 12.5,
                MemoryBytes = long.MaxValue,
                DroppedLogBytes = 7,
                Logs = new("/srv/extgap/logs/a_stdout.log", "/srv/extgap/logs/a_stderr.log"),
                Bot = new()
                {
                    Words = "live",
                    AgeSeconds = 0.25,
                    Feed = "live",
                    SecondsSinceLastFrame = 0.125,
                    OverdueSeconds = 9.5,
                    Notifications = "on",
                    MessagesWaiting = 5,
                    MessageTroubles = ["chat 1: blocked"],
                    Symbols =
                    [
                        new()
                        {
                            Symbol = "BTCUSDT",
                            Timeframe = "3m",
                            LastCandle = DateTimeOffset.UnixEpoch.AddTicks(1),
                            NextCandleDue = DateTimeOffset.UnixEpoch.AddDays(20_000),
                            Trend = "BULLISH #3",
                            Position = "LONG",
                            EntryPrice = 61234.50m,
                            Gaps = 8,
                            Trades = 9,
                            Profit = -0.00000001m,
                        },
                    ],
                },
            },
        ],
    };
}
