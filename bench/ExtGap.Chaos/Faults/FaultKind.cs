namespace ExtGap.Chaos.Faults;

/// <summary>Something bad that can be done, again and again.</summary>
/// <param name="Name">What it is, for the table.</param>
/// <param name="Between">Mean time between two of its kind.</param>
/// <param name="InjectAsync">
/// Does it once, waits until the product has recovered, and tells how long that took; none where nothing is there to recover, or
/// where it could not be done at that moment (then it throws <see cref="NotNowException"/>).
/// </param>
internal sealed record FaultKind(string Name, TimeSpan Between, Func<Random, CancellationToken, Task<TimeSpan?>> InjectAsync)
{
    /// <summary>How many messages a chat may have twice because of it.</summary>
    public int Repeats { get; init; }
}

/// <summary>A fault that has nothing to hit at the moment.</summary>
internal sealed class NotNowException() : Exception("There is nothing to hit.");

/// <summary>What was injected, how long recovery took, and what should not have happened.</summary>
internal sealed class Journal
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<TimeSpan?>> _faults = new(StringComparer.Ordinal);
    private readonly List<string> _findings = [];
    private readonly List<(long From, long To)> _supervisorKills = [];
    private readonly List<(long From, long To)> _fullDisks = [];

    /// <summary>How often each fault was injected, and the times of recovery.</summary>
    public IReadOnlyDictionary<string, List<TimeSpan?>> Faults => _faults;

    /// <summary>What should not have happened.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>When supervisors were killed, and how long what they had not read was lost; on the monotonic clock.</summary>
    public IReadOnlyList<(long From, long To)> SupervisorKills => _supervisorKills;

    /// <summary>When the disk was full; on the monotonic clock.</summary>
    public IReadOnlyList<(long From, long To)> FullDisks => _fullDisks;

    public int Count(string fault) => _faults.TryGetValue(fault, out var times) ? times.Count : 0;

    public void Add(string fault, TimeSpan? recovery)
    {
        lock (_gate)
        {
            if (!_faults.TryGetValue(fault, out var times))
            {
                _faults.Add(fault, times = []);
            }

            times.Add(recovery);
        }
    }

    public void AddSupervisorKill(long from, long to)
    {
        lock (_gate)
        {
            _supervisorKills.Add((from, to));
        }
    }

    public void AddFullDisk(long from, long to)
    {
        lock (_gate)
        {
            _fullDisks.Add((from, to));
        }
    }

    public void Find(string finding)
    {
        lock (_gate)
        {
            _findings.Add(finding);
            Console.WriteLine($"!! {finding}");
        }
    }
}
