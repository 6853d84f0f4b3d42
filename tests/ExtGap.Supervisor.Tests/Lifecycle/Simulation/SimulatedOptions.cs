using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Tests.Lifecycle.Simulation;

/// <summary>Options that a configuration may have, the edges more often than they deserve.</summary>
internal static class SimulatedOptions
{
    public static ProgramOptions Make(Random random)
    {
        var isBot = random.Next(3) > 0;
        return Situations.Options(isBot) with
        {
            MaxMemory = random.Next(2) == 0 ? null : 300_000_000,
            ReadyTimeout = Seconds(random, 1, 60),
            StartTime = Seconds(random, 0, 10),
            Watchdog = Seconds(random, 5, 60),
            Alert = new() { After = Seconds(random, 5, 60), Restarts = random.Next(1, 5), Within = Seconds(random, 5, 120) },
            Stop = new() { Timeout = Seconds(random, 0, 30) },
            Restart = new()
            {
                Policy = random.Next(5) switch { 0 => RestartCondition.Never, 1 => RestartCondition.OnFailure, _ => RestartCondition.Always },
                InitialDelay = Seconds(random, 0, 1),
                Factor = random.Next(3) switch { 0 => 1, 1 => 2, _ => 1 + (random.NextDouble() * 9) },
                MaxDelay = Seconds(random, 1, 60),
                Jitter = random.Next(3) switch { 0 => 0, 1 => 1, _ => 0.1 },
                ResetAfter = Seconds(random, 0, 60),
                MaxRetries = random.Next(4) switch { 0 => random.Next(4), _ => null },
            },
        };
    }

    /// <summary>Either end, or something between.</summary>
    private static TimeSpan Seconds(Random random, int from, int to) =>
        TimeSpan.FromSeconds(random.Next(4) switch { 0 => from, 1 => to, _ => from + (random.NextDouble() * (to - from)) });
}
