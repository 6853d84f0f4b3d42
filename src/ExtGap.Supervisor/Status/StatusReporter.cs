using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Logs;
using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Status;

/// <summary>Makes what <c>extgap status</c> shows of what the loop knows and of what the system tells about the processes.</summary>
/// <param name="configurationPath">Absolute path of supervisor.json.</param>
/// <param name="usage">CPU and memory of process groups.</param>
internal sealed class StatusReporter(string configurationPath, UsageHistory usage)
{
    /// <param name="programs">As the loop gave them.</param>
    /// <param name="now">On the loop's clock.</param>
    public SupervisorStatus Report(IReadOnlyList<ProgramView> programs, TimeSpan now)
    {
        var used = usage.Measure(programs.Select(program => program.State).Where(state => state.Pid is not null).ToDictionary(state => state.Pid!.Value, state => state.SpawnedAt), now);
        return new()
        {
            Supervisor = new(Environment.ProcessId, ExtGapVersion.Text, configurationPath, now.TotalSeconds, Environment.WorkingSet),
            Programs = [.. programs.Select(program => Report(program, now, used))],
        };
    }

    private static ProgramStatus Report(ProgramView program, TimeSpan now, IReadOnlyDictionary<int, ShownUsage> used)
    {
        var state = program.State;
        var usage = state.Pid is { } pid ? used.GetValueOrDefault(pid) : null;
        return new()
        {
            Name = program.Name,
            State = PhaseNames.Of(state.Phase),
            IsTroubled = state.Phase != ProgramPhase.Running && (state.WasStarted || program.Options.AutoStart),
            Pid = state.Pid,
            StateSeconds = (now - state.Since).TotalSeconds,
            UptimeSeconds = state.Pid is null ? null : (now - state.SpawnedAt).TotalSeconds,
            Restarts = state.Restarts,
            Failures = state.Failures,
            NextTrySeconds = state is { Phase: ProgramPhase.Backoff, Deadline: { } next } ? Math.Max(0, (next - now).TotalSeconds) : null,
            LastExit = state.LastExit?.ToString(),
            LastError = state.LastError,
            Reason = state.Reason,
            WasKilled = state.WasKilled,
            CpuPercent = usage?.CpuPercent,
            MemoryBytes = usage?.MemoryBytes,
            DroppedLogBytes = program.Logs.DroppedBytes,
            Logs = new(LogFiles.Stdout(program.Options.Logs, program.Name), LogFiles.Stderr(program.Options.Logs, program.Name)),
            Bot = program.Options.IsBot && state.Pid is not null ? BotReportReader.Read(program.Word, now) : null,
        };
    }
}
