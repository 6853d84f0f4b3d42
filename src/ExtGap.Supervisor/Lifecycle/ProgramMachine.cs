using System.Globalization;
using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Lifecycle;

/// <summary>
/// The life of a program as a pure function: state, input and time in, state and effects out. It never wants a second process while
/// the group of the first may live, and the last wish counts.
/// </summary>
/// <param name="options">The program's own.</param>
internal readonly struct ProgramMachine(ProgramOptions options)
{
    // A kill can miss a process that is just being forked, and one in the kernel's hands dies late: it is repeated.
    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(5);

    // EX_USAGE and EX_CONFIG: what a bot ends with when its configuration can't work.
    private static readonly int[] ConfigurationFaults = [64, 78];

    /// <param name="state">What was.</param>
    /// <param name="input">What happened.</param>
    /// <param name="now">Monotonic.</param>
    /// <param name="random">At least 0 and less than 1; spreads restarts.</param>
    public Step Next(ProgramState state, ProgramInput input, TimeSpan now, double random) => input switch
    {
        ProgramInput.Start => OnStart(state, now),
        ProgramInput.Stop => OnStop(state, now),
        ProgramInput.Restart => OnRestart(state, now),
        ProgramInput.Spawned spawned => OnSpawned(state, spawned, now),
        ProgramInput.SpawnFailed failed => OnSpawnFailed(state, failed, now, random),
        ProgramInput.Ready ready => state.Phase == ProgramPhase.Starting && state.Run == ready.Run && options.IsBot ? BeRunning(state, now) : state,
        ProgramInput.Alive alive => state.Phase == ProgramPhase.Running && state.Run == alive.Run && options.IsBot ? state with { Deadline = now + options.Watchdog } : state,
        ProgramInput.Ended ended => OnEnded(state, ended, now),
        ProgramInput.Gone gone => OnGone(state, gone, now, random),
        ProgramInput.TooMuchMemory memory => OnTooMuchMemory(state, memory, now),
        ProgramInput.Tick => OnTick(state, now),
        _ => throw new NotSupportedException($"No rule for {input.GetType()} in {state.GetType()}."),
    };

    private static Step OnStart(ProgramState state, TimeSpan now) => state.Phase switch
    {
        ProgramPhase.Starting or ProgramPhase.Running => state,
        ProgramPhase.Stopping => state with { After = AfterStop.StartAgain },
        _ => Spawn(state with { Failures = 0 }, now),
    };

    private Step OnStop(ProgramState state, TimeSpan now) => state.Phase switch
    {
        ProgramPhase.Starting or ProgramPhase.Running => BeginStop(state, AfterStop.Stay, null, now),
        ProgramPhase.Stopping => state with { After = AfterStop.Stay },
        ProgramPhase.Stopped => state,
        _ => state with { Phase = ProgramPhase.Stopped, Since = now, Deadline = null, Reason = null, Failures = 0 },
    };

    private Step OnRestart(ProgramState state, TimeSpan now) =>
        state.Phase is ProgramPhase.Starting or ProgramPhase.Running ? BeginStop(state, AfterStop.StartAgain, null, now) : OnStart(state, now);

    private Step OnSpawned(ProgramState state, ProgramInput.Spawned spawned, TimeSpan now)
    {
        if (spawned.Run != state.Run)
        {
            return state;
        }

        return state.Phase switch
        {
            ProgramPhase.Starting => state with { Pid = spawned.Pid, Deadline = now + (options.IsBot ? options.ReadyTimeout : options.StartTime) },

            // The stop came before the process: it is told now.
            ProgramPhase.Stopping => new Step(state with { Pid = spawned.Pid, Deadline = now + options.Stop.Timeout }, [new ProgramEffect.Signal(state.Run, ProgramSignal.Stop)]),
            _ => state,
        };
    }

    private Step OnSpawnFailed(ProgramState state, ProgramInput.SpawnFailed failed, TimeSpan now, double random)
    {
        if (failed.Run != state.Run || state.Phase is not (ProgramPhase.Starting or ProgramPhase.Stopping))
        {
            return state;
        }

        state = state with { Pid = null, LastExit = null, LastError = null };
        return (state.Phase, state.After) switch
        {
            (ProgramPhase.Stopping, AfterStop.Stay) => BeStopped(state, now),
            (ProgramPhase.Stopping, AfterStop.StartAgain) => Spawn(state with { Failures = 0 }, now),
            _ => failed.IsPermanent ? BeFatal(state, failed.Why, now) : Recover(state with { RanFor = TimeSpan.Zero }, failed.Why, now, random),
        };
    }

    private static Step OnEnded(ProgramState state, ProgramInput.Ended ended, TimeSpan now)
    {
        if (ended.Run != state.Run || state.Pid is null)
        {
            return state;
        }

        state = state with { LastExit = ended.Cause };
        if (state.Phase == ProgramPhase.Stopping)
        {
            return state;
        }

        // Nobody asked: what it left behind in its group is in the next one's way.
        state = BeStopping(state, AfterStop.Recover, ended.Cause.ToString(), now) with { Deadline = now + BetweenKills };
        return new(state, [new ProgramEffect.Signal(state.Run, ProgramSignal.Kill)]);
    }

    private Step OnGone(ProgramState state, ProgramInput.Gone gone, TimeSpan now, double random)
    {
        if (gone.Run != state.Run || state.Phase != ProgramPhase.Stopping)
        {
            return state;
        }

        state = state with { Pid = null, LastError = gone.LastError };
        return state.After switch
        {
            AfterStop.Stay => BeStopped(state, now),
            AfterStop.StartAgain => Spawn(state with { Failures = 0 }, now),
            _ => Recover(state, state.Reason ?? "it ended", now, random),
        };
    }

    private Step OnTooMuchMemory(ProgramState state, ProgramInput.TooMuchMemory memory, TimeSpan now) =>
        memory.Run == state.Run && state.Phase is ProgramPhase.Starting or ProgramPhase.Running && options.MaxMemory is { } limit && memory.Bytes > limit
            ? BeginStop(state, AfterStop.Recover, string.Create(CultureInfo.InvariantCulture, $"memory {memory.Bytes / 1_000_000} MB is above maxMemory {limit / 1_000_000} MB"), now)
            : state;

    private Step OnTick(ProgramState state, TimeSpan now)
    {
        if (state.Deadline is not { } deadline || now < deadline)
        {
            return state;
        }

        switch (state.Phase)
        {
            case ProgramPhase.Starting when options.IsBot:
                return Kill(BeStopping(state, AfterStop.Recover, $"not ready within {Seconds(options.ReadyTimeout)}", now), now);
            case ProgramPhase.Starting:
                return BeRunning(state, now);
            case ProgramPhase.Running:
                state = BeStopping(state, AfterStop.Recover, $"silent for {Seconds(options.Watchdog)} (watchdog)", now) with { Deadline = now + AbortPatience };
                return new(state, [new ProgramEffect.Signal(state.Run, ProgramSignal.Abort)]);
            case ProgramPhase.Backoff:
                return Spawn(state with { Restarts = state.Restarts + 1 }, now);
            case ProgramPhase.Stopping:
                return Kill(state, now);
            default:
                return state with { Deadline = null };
        }
    }

    private static Step Spawn(ProgramState state, TimeSpan now)
    {
        state = state with
        {
            Phase = ProgramPhase.Starting,
            Since = now,
            Run = state.Run + 1,
            Pid = null,
            WasStarted = true,
            After = AfterStop.Stay,
            Deadline = null,
            RanFor = TimeSpan.Zero,
            Reason = null,
            WasKilled = false,
        };
        return new(state, [new ProgramEffect.Spawn(state.Run)]);
    }

    private ProgramState BeRunning(ProgramState state, TimeSpan now) =>
        state with { Phase = ProgramPhase.Running, Since = now, Deadline = options.IsBot ? now + options.Watchdog : null };

    private Step BeginStop(ProgramState state, AfterStop after, string? why, TimeSpan now)
    {
        state = BeStopping(state, after, why, now);

        // Before the process is there it can't be told; Spawned does it then.
        return state.Pid is null
            ? state
            : new Step(state with { Deadline = now + options.Stop.Timeout }, [new ProgramEffect.Signal(state.Run, ProgramSignal.Stop)]);
    }

    private static ProgramState BeStopping(ProgramState state, AfterStop after, string? why, TimeSpan now) => state with
    {
        Phase = ProgramPhase.Stopping,
        Since = now,
        After = after,
        RanFor = state.Phase == ProgramPhase.Running ? now - state.Since : TimeSpan.Zero,
        Reason = why,
        Deadline = null,
    };

    private static Step Kill(ProgramState state, TimeSpan now) =>
        new(state with { Deadline = now + BetweenKills, WasKilled = true }, [new ProgramEffect.Signal(state.Run, ProgramSignal.Kill)]);

    private static ProgramState BeStopped(ProgramState state, TimeSpan now) =>
        state with { Phase = ProgramPhase.Stopped, Since = now, Deadline = null, Failures = 0, Reason = null };

    private static ProgramState BeFatal(ProgramState state, string why, TimeSpan now) =>
        state with { Phase = ProgramPhase.Fatal, Since = now, Deadline = null, Reason = why };

    private Step Recover(ProgramState state, string why, TimeSpan now, double random)
    {
        if (options.IsBot && state.LastExit is ExitCause.Exited exited && ConfigurationFaults.Contains(exited.Code))
        {
            return BeFatal(state, state.LastError ?? why, now);
        }

        var restart = options.Restart;
        var succeeded = state.LastExit is { IsSuccess: true } && !state.WasKilled;
        if (restart.Policy == RestartCondition.Never || (restart.Policy == RestartCondition.OnFailure && succeeded))
        {
            return state with { Phase = ProgramPhase.Exited, Since = now, Deadline = null, Reason = why };
        }

        var failures = state.RanFor >= restart.ResetAfter ? 1 : state.Failures + 1;
        if (failures > restart.MaxRetries)
        {
            return BeFatal(state with { Failures = failures }, string.Create(CultureInfo.InvariantCulture, $"given up after {restart.MaxRetries} restarts: {why}"), now);
        }

        return state with
        {
            Phase = ProgramPhase.Backoff,
            Since = now,
            Failures = failures,
            Deadline = now + RestartDelay.Of(restart, failures, random),
            Reason = why,
        };
    }

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");

    /// <summary>What follows from an input.</summary>
    internal readonly record struct Step(ProgramState State, IReadOnlyList<ProgramEffect> Effects)
    {
        public static implicit operator Step(ProgramState state) => new(state, []);
    }
}
