using System.Globalization;

namespace ExtGap.Supervisor.Lifecycle;

/// <content>What a process says and does.</content>
internal readonly partial struct ProgramMachine
{
    private static bool IsOfLivingRun(ProgramState state, ProgramInput.OfRun word) =>
        word.Run == state.Run && state.Phase is ProgramPhase.Starting or ProgramPhase.Running or ProgramPhase.Stopping;

    private Step OnWord(ProgramState state, ProgramInput.OfRun word, TimeSpan now, double random) => word switch
    {
        ProgramInput.Spawned spawned => OnSpawned(state, spawned, now),
        ProgramInput.SpawnFailed failed => OnSpawnFailed(state, failed, now, random),
        ProgramInput.Ready => state.Phase == ProgramPhase.Starting && options.IsBot ? BeRunning(state, now) : state,
        ProgramInput.Alive => state.Phase == ProgramPhase.Running && options.IsBot ? BeHeard(state, now) : state,
        ProgramInput.TooMuchMemory memory => OnTooMuchMemory(state, memory, now),
        ProgramInput.Ended ended => OnEnded(state, ended, now),

        // There is nobody left to be killed, and nobody who would have had to be.
        ProgramInput.Emptied => state.Phase == ProgramPhase.Stopping ? state with { Deadline = null } : state,
        ProgramInput.Gone gone => OnGone(state, gone, now, random),
        _ => throw new NotSupportedException($"No rule for {word.GetType()} in {state.GetType()}."),
    };

    private Step OnSpawned(ProgramState state, ProgramInput.Spawned spawned, TimeSpan now)
    {
        if (state.Pid is not null)
        {
            return state;
        }

        state = state with { Pid = spawned.Pid, SpawnedAt = now };
        return state.Phase switch
        {
            ProgramPhase.Starting => state with { Deadline = now + (options.IsBot ? options.ReadyTimeout : options.StartTime) },

            // The stop came before the process: it is told now.
            ProgramPhase.Stopping => TellToGo(state, now),

            // Its word that it is ready can be faster than the news that it is there.
            _ => state,
        };
    }

    private Step OnSpawnFailed(ProgramState state, ProgramInput.SpawnFailed failed, TimeSpan now, double random)
    {
        if (state.Pid is not null)
        {
            return state;
        }

        state = state with { LastExit = null, LastError = null, Cause = null };
        return (state.Phase, state.After) switch
        {
            (ProgramPhase.Stopping, AfterStop.Stay) => BeStopped(state, now),
            (ProgramPhase.Stopping, AfterStop.StartAgain) => SpawnAsWished(state, now),
            _ => RestartPolicy.AfterNoStart(options, state, failed, now, random),
        };
    }

    private Step OnTooMuchMemory(ProgramState state, ProgramInput.TooMuchMemory memory, TimeSpan now)
    {
        if (state.Phase == ProgramPhase.Stopping || options.MaxMemory is not { } limit || memory.Bytes <= limit)
        {
            return state;
        }

        var why = string.Create(CultureInfo.InvariantCulture, $"memory of {memory.Bytes / 1e6:0.#} MB is above maxMemory of {limit / 1e6:0.#} MB");
        return BeginStop(state, StopCause.TooMuchMemory, AfterStop.Recover, why, now);
    }

    private Step OnEnded(ProgramState state, ProgramInput.Ended ended, TimeSpan now)
    {
        state = state with { LastExit = ended.Cause };

        // Others of a group that was told to go keep their time. Where nobody asked, what is left of it is in the next one's way.
        return state.Phase == ProgramPhase.Stopping ? state : BeginStop(state, StopCause.Ended, AfterStop.Recover, ended.Cause.ToString(), now);
    }

    private Step OnGone(ProgramState state, ProgramInput.Gone gone, TimeSpan now, double random)
    {
        state = state with { Pid = null, LastError = gone.LastError };
        return (state.Phase, state.After) switch
        {
            (ProgramPhase.Stopping, AfterStop.Stay) => BeStopped(state, now),
            (ProgramPhase.Stopping, AfterStop.StartAgain) => SpawnAsWished(state, now),
            (ProgramPhase.Stopping, _) => RestartPolicy.AfterEnd(options, state, state.Reason ?? "it ended", now, random),

            // Ended comes first by contract; should it not, there is still no process, and waiting for one would be for ever.
            _ => OnGone(BeginStop(state with { LastExit = null }, StopCause.Ended, AfterStop.Recover, "it ended", now).State, gone, now, random),
        };
    }
}
