using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Running;

/// <summary>Measures the programs that have a <c>maxMemory</c>, and tells the loop.</summary>
internal static class MemoryWatch
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    /// <summary>Goes on until it is cancelled.</summary>
    /// <param name="loop">Knows the programs, and is told.</param>
    /// <param name="measure">Measures groups; where it can't it throws an <see cref="IOException"/>.</param>
    /// <param name="time">Paces the looks.</param>
    /// <param name="log">The supervisor's own log.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(SupervisorLoop loop, Action<Dictionary<int, GroupUsage>> measure, TimeProvider time, ILogger log, CancellationToken cancellationToken)
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
            try
            {
                measure(usages);
            }
            catch (IOException e)
            {
                log.NotMeasured(BetweenLooks.TotalSeconds, e.Message);
                continue;
            }

            foreach (var program in watched)
            {
                await loop.MeasuredAsync(program.Name, program.State.Run, usages[program.State.Pid!.Value].ResidentBytes);
            }
        }
    }
}
