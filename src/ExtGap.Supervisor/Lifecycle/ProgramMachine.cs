using System.Globalization;
using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Lifecycle;

/// <summary>
/// The life of a program as a pure function: state, input and time in, state and effects out. It never wants a second process while
/// the group of the first may live, and the last wish counts.
/// </summary>
/// <remarks>
/// A process comes to its end in two steps. It is <c>STOPPING</c> from the moment that it is told to go, or has gone by itself, until
/// <see cref="ProgramInput.Gone"/> says that its group is empty; only then comes what <see cref="AfterStop"/> says. A wish that comes meanwhile
/// changes what comes after, never how the group is made to go: <see cref="StopCause"/> alone says that.
/// </remarks>
/// <param name="options">The program's own.</param>
internal readonly partial struct ProgramMachine(ProgramOptions options)
{
    // A kill can miss a process that is just being forked, and one in the kernel's hands dies late: it is repeated.
    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(1);

    // A supervisor that was stopped or starved finds the silence too long before it has heard what was said meanwhile. So it looks twice.
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan SignOfLifePatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(5);

    /// <param name="state">What was.</param>
    /// <param name="input">What happened.</param>
    /// <param name="now">Monotonic.</param>
    /// <param name="random">At least 0 and less than 1; spreads restarts.</param>
    public Step Next(ProgramState state, ProgramInput input, TimeSpan now, double random) => input switch
    {
        ProgramInput.Start => OnStart(state, now),
        ProgramInput.Stop => OnStop(state, now),
        ProgramInput.Restart => OnRestart(state, now),
        ProgramInput.Tick => OnTick(state, now),
        ProgramInput.Overslept => OnOverslept(state, now),
        ProgramInput.OfRun word => IsOfLivingRun(state, word) ? OnWord(state, word, now, random) : state,
        _ => throw new NotSupportedException($"No rule for {input.GetType()} in {state.GetType()}."),
    };

    private static Step OnStart(ProgramState state, TimeSpan now) => state.Phase switch
    {
        ProgramPhase.Starting or ProgramPhase.Running => state,
        ProgramPhase.Stopping => state with { After = AfterStop.StartAgain },
        _ => SpawnAsWished(state, now),
    };

    private Step OnStop(ProgramState state, TimeSpan now) => state.Phase switch
    {
        ProgramPhase.Starting or ProgramPhase.Running => BeginStop(state, StopCause.Asked, AfterStop.Stay, null, now),
        ProgramPhase.Stopping => state with { After = AfterStop.Stay },

        // This stop needed no kill, whatever the one before it did.
        ProgramPhase.Stopped => state with { WasKilled = false },
        _ => BeStopped(state with { WasKilled = false }, now),
    };

    private Step OnRestart(ProgramState state, TimeSpan now) =>
        state.Phase is ProgramPhase.Starting or ProgramPhase.Running ? BeginStop(state, StopCause.Asked, AfterStop.StartAgain, null, now) : OnStart(state, now);

    private Step OnTick(ProgramState state, TimeSpan now)
    {
        if (state.Deadline is not { } deadline || now < deadline)
        {
            return state;
        }

        return state.Phase switch
        {
            ProgramPhase.Starting when options.IsBot => BeginStop(state, StopCause.NotReady, AfterStop.Recover, $"not ready within {Seconds(options.ReadyTimeout)}", now),
            ProgramPhase.Starting => BeRunning(state, now),
            ProgramPhase.Running when !state.IsSuspected => state with { IsSuspected = true, Deadline = now + LastLook },
            ProgramPhase.Running => BeginStop(state, StopCause.Silent, AfterStop.Recover, $"silent for {Seconds(options.Watchdog)} (watchdog)", now),
            ProgramPhase.Backoff => Spawn(state with { Restarts = RestartPolicy.Increment(state.Restarts) }, now),
            ProgramPhase.Stopping => Kill(state, now),
            _ => state with { Deadline = null },
        };
    }

    // What a bot said meanwhile lies in its socket, and it speaks once a second.
    private Step OnOverslept(ProgramState state, TimeSpan now) =>
        options.IsBot && state.Phase is ProgramPhase.Starting or ProgramPhase.Running && state.Deadline < now + SignOfLifePatience
            ? state with { Deadline = now + SignOfLifePatience }
            : state;

    private static Step SpawnAsWished(ProgramState state, TimeSpan now) => Spawn(state with { Failures = 0 }, now);

    private static Step Spawn(ProgramState state, TimeSpan now)
    {
        state = state with
        {
            Phase = ProgramPhase.Starting,
            Since = now,
            Run = state.Run + 1,
            Pid = null,
            WasStarted = true,
            Cause = null,
            After = AfterStop.Stay,
            Deadline = null,
            Reason = null,
            WasKilled = false,
        };
        return new(state, [new ProgramEffect.Spawn(state.Run)]);
    }

    private ProgramState BeRunning(ProgramState state, TimeSpan now) =>
        BeHeard(state with { Phase = ProgramPhase.Running, Since = now }, now);

    private ProgramState BeHeard(ProgramState state, TimeSpan now) =>
        state with { Deadline = options.IsBot ? now + options.Watchdog - LastLook : null, IsSuspected = false };

    private Step BeginStop(ProgramState state, StopCause cause, AfterStop after, string? why, TimeSpan now)
    {
        state = state with
        {
            Phase = ProgramPhase.Stopping,
            Since = now,
            Cause = cause,
            After = after,
            Failures = RestartPolicy.FailuresInARow(options.Restart, state, now),
            Reason = why,
            Deadline = null,
            WasKilled = false,
        };

        // Before the process is there it can't be told; Spawned does it then.
        return state.Pid is null ? state : TellToGo(state, now);
    }

    private Step TellToGo(ProgramState state, TimeSpan now)
    {
        var (signal, patience) = state.Cause switch
        {
            StopCause.Asked or StopCause.TooMuchMemory => (ProgramSignal.Stop, options.Stop.Timeout),
            StopCause.Silent => (ProgramSignal.Abort, AbortPatience),
            _ => (ProgramSignal.Kill, BetweenKills),
        };
        return new(state with { Deadline = now + patience }, [new ProgramEffect.Signal(state.Run, signal)]);
    }

    private static Step Kill(ProgramState state, TimeSpan now)
    {
        var wasAskedGracefully = state.Cause is StopCause.Asked or StopCause.TooMuchMemory;
        return new(state with { Deadline = now + BetweenKills, WasKilled = wasAskedGracefully }, [new ProgramEffect.Signal(state.Run, ProgramSignal.Kill)]);
    }

    private static ProgramState BeStopped(ProgramState state, TimeSpan now) =>
        state with { Phase = ProgramPhase.Stopped, Since = now, Deadline = null, Failures = 0, Reason = null };

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");

    /// <summary>What follows from an input.</summary>
    internal readonly record struct Step(ProgramState State, IReadOnlyList<ProgramEffect> Effects)
    {
        public static implicit operator Step(ProgramState state) => new(state, []);
    }
}
