namespace ExtGap.Supervisor.Running;

/// <summary>Measures the programs that have a <c>maxMemory</c>, and tells the loop.</summary>
internal static class MemoryWatch
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    /// <summary>Goes on until it is cancelled.</summary>
    public static async Task RunAsync(SupervisorLoop loop, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(BetweenLooks, time, cancellationToken);
            var watched = loop.Snapshot.Get().Value.Where(program => program.Options.MaxMemory is not null && program.State.Pid is not null).ToList();
            if (watched.Count == 0)
            {
                continue;
            }

            var usages = watched.ToDictionary(program => program.State.Pid!.Value, _ => default(GroupUsage));
            ProcessUsage.Measure(usages);
            foreach (var program in watched)
            {
                await loop.MeasuredAsync(program.Name, program.State.Run, usages[program.State.Pid!.Value].ResidentBytes);
            }
        }
    }
}
