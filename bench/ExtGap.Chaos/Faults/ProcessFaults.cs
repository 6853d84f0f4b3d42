using System.Diagnostics;
using ExtGap.Chaos.Product;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Chaos.Faults;

/// <summary>Processes that are killed, and ones that stand still.</summary>
internal static class ProcessFaults
{
    public const string KillBot = "kill -9 of a bot";
    public const string KillBeat = "kill -9 of the heartbeat";
    public const string KillSupervisor = "kill -9 of the supervisor";

    /// <summary>How long a supervisor is held at most.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(4);

    public static IEnumerable<FaultKind> Of(World world) =>
    [
        .. Workplace.Timeframes.Select(timeframe => new FaultKind(KillBot, TimeSpan.FromSeconds(4), (_, token) => KillBotAsync(world, timeframe, token)) { Repeats = 1 }),
        new(KillBeat, TimeSpan.FromSeconds(6), async (_, token) =>
        {
            var beat = world.Program(Workplace.Beat);
            Kill(beat.Pid!.Value);
            return await UntilRunningAgainAsync(world, KillBeat, beat, token);
        }),
        new(KillSupervisor, TimeSpan.FromSeconds(25), (_, token) => KillSupervisorAsync(world, token)) { Repeats = Workplace.Timeframes.Count },
        new("SIGSTOP of a bot, then SIGCONT", TimeSpan.FromSeconds(15), (random, token) => StopBotAsync(world, random, token)) { Repeats = 1 },
        new("SIGSTOP of the supervisor, then SIGCONT", TimeSpan.FromSeconds(30), (random, token) => StopSupervisorAsync(world, random, token)),
    ];

    private static async Task<TimeSpan?> KillBotAsync(World world, string timeframe, CancellationToken cancellationToken)
    {
        var bot = world.Program(timeframe);
        Kill(bot.Pid!.Value);
        return await UntilRunningAgainAsync(world, KillBot, bot, cancellationToken);
    }

    private static Task<TimeSpan> UntilRunningAgainAsync(World world, string what, ProgramStatus killed, CancellationToken cancellationToken) =>
        world.UntilAsync(what, now => now.Programs.Any(program => program.Name == killed.Name && program.State == "RUNNING" && program.Pid != killed.Pid), cancellationToken);

    private static async Task<TimeSpan?> KillSupervisorAsync(World world, CancellationToken cancellationToken)
    {
        var supervisor = world.SupervisorPid;
        var began = Stopwatch.GetTimestamp();
        Kill(supervisor);
        try
        {
            await world.EnsureSupervisorAsync(cancellationToken);
        }
        finally
        {
            // The end of the chaos may come before the next supervisor does.
            world.Journal.AddSupervisorKill(began, Stopwatch.GetTimestamp());
        }

        await world.UntilAsync(KillSupervisor, now => now.Supervisor.Pid != supervisor && now.Programs.All(program => program.State == "RUNNING"), cancellationToken);
        return Stopwatch.GetElapsedTime(began);
    }

    private static async Task<TimeSpan?> StopBotAsync(World world, Random random, CancellationToken cancellationToken)
    {
        var bot = world.Program(Workplace.Timeframes[random.Next(Workplace.Timeframes.Count)]);

        // From a moment to longer than the watchdog waits.
        await HoldAsync(bot.Pid!.Value, TimeSpan.FromSeconds(random.NextDouble() * (random.Next(4) == 0 ? 15 : 3)), cancellationToken);
        return await world.UntilLiveAsync("SIGSTOP of a bot", [bot.Name], cancellationToken);
    }

    private static async Task<TimeSpan?> StopSupervisorAsync(World world, Random random, CancellationToken cancellationToken)
    {
        await HoldAsync(world.SupervisorPid, random.NextDouble() * LongestHold, cancellationToken);
        return await world.UntilAsync("SIGSTOP of the supervisor", _ => true, cancellationToken);
    }

    private static async Task HoldAsync(int pid, TimeSpan span, CancellationToken cancellationToken)
    {
        if (!Processes.Signal(pid, Processes.Stop))
        {
            throw new NotNowException();
        }

        try
        {
            await Task.Delay(span, TimeProvider.System, cancellationToken);
        }
        finally
        {
            Processes.Signal(pid, Processes.Continue);
        }
    }

    private static void Kill(int pid)
    {
        if (!Processes.Signal(pid, Signals.Kill))
        {
            throw new NotNowException();
        }
    }
}
