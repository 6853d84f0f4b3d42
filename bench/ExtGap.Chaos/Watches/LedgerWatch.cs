using System.Globalization;
using ExtGap.Chaos.Faults;
using ExtGap.Chaos.Product;

namespace ExtGap.Chaos.Watches;

/// <summary>Looks many times a second whether two processes have one ledger open.</summary>
internal sealed class LedgerWatch(Workplace place, Journal journal)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>How many times it has looked.</summary>
    public int Looks { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        while (!cancellationToken.IsCancellationRequested)
        {
            Looks++;
            foreach (var ledger in Shared(Bots()))
            {
                var both = ledger.Select(holder => holder.Pid).Distinct().ToList();

                // The looks at two processes are not at the same instant: both must still have it.
                if (Shared(both).Any() && told.Add(string.Join(',', both)))
                {
                    journal.Find(string.Create(CultureInfo.InvariantCulture, $"Processes {string.Join(" and ", both)} have the ledger {ledger.Key} open at once."));
                }
            }

            await Task.Delay(Between, TimeProvider.System, cancellationToken);
        }
    }

    private List<int> Bots() => [.. Processes.All().Where(process => process.BotTimeframe is not null && process.Mentions(place.Deployment)).Select(process => process.Pid)];

    private IEnumerable<IGrouping<string, (string Path, int Pid)>> Shared(IEnumerable<int> pids) => pids
        .SelectMany(pid => Processes.Descriptors(pid).Where(path => path.EndsWith(".db", StringComparison.Ordinal) && path.StartsWith(place.Data, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Select(path => (path, pid)))
        .GroupBy(holder => holder.path, StringComparer.Ordinal)
        .Where(holders => holders.Select(holder => holder.pid).Distinct().Count() > 1);
}
