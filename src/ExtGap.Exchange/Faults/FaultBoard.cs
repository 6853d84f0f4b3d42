namespace ExtGap.Exchange.Faults;

/// <summary>The faults in force. Anyone may look at any time; a change is seen at once by all.</summary>
internal sealed class FaultBoard(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _past = new(StringComparer.Ordinal);
    private readonly List<Action<IReadOnlyList<ActiveFault>>> _listeners = [];
    private ActiveFault[] _active = [];
    private bool _touchesStreams;

    /// <summary>The requests that get no answer.</summary>
    public FaultHold Hold { get; } = new(time);

    /// <summary>Whether there may be a fault of the frames: what keeps the way of a frame short where there is none.</summary>
    public bool TouchesStreams => Volatile.Read(ref _touchesStreams);

    /// <summary>Those in force now.</summary>
    public IReadOnlyList<ActiveFault> Active => Current();

    /// <summary>Calls after each change, with the faults that are new; to be asked for before the first change.</summary>
    public void WhenChanged(Action<IReadOnlyList<ActiveFault>> listener) => _listeners.Add(listener);

    /// <summary>Clears some and sets others, those of the same name (and chat) replaced.</summary>
    public IReadOnlyList<ActiveFault> Change(IEnumerable<Fault> set, Func<Fault, bool> clears)
    {
        var added = set.Select(fault => new ActiveFault(fault, time)).ToList();
        bool IsCleared(Fault fault) => clears(fault) || added.Exists(other => other.Fault.Replaces(fault));
        lock (_gate)
        {
            Retire(fault => IsCleared(fault.Fault));
            Publish([.. _active, .. added]);
        }

        Hold.Release(IsCleared);
        foreach (var listener in _listeners)
        {
            listener(added);
        }

        return added;
    }

    /// <summary>The fault, if it is in force.</summary>
    public ActiveFault? Find(FaultKind kind)
    {
        foreach (var fault in Current())
        {
            if (fault.Kind == kind)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>Lets a fault happen, if it is in force.</summary>
    public ActiveFault? Inject(FaultKind kind) => Find(kind) is { } fault && fault.TryInject() ? fault : null;

    /// <summary>Lets a fault of a chat happen, if it is in force for this chat or for all.</summary>
    public ActiveFault? Inject(FaultKind kind, string chat)
    {
        foreach (var fault in Current())
        {
            if (fault.Kind == kind && (fault.Value.Chat is not { } only || string.Equals(only, chat, StringComparison.Ordinal)) && fault.TryInject())
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>How often each fault has happened since the start, those that are over included.</summary>
    public IReadOnlyList<(string Name, long Count)> Totals()
    {
        lock (_gate)
        {
            return [.. FaultCatalog.All
                .Select(fault => (fault.Name, _past.GetValueOrDefault(fault.Name) + _active.Where(active => active.Kind == fault.Kind).Sum(active => (long)active.Injected)))
                .Where(pair => pair.Item2 > 0)];
        }
    }

    private ActiveFault[] Current()
    {
        var active = Volatile.Read(ref _active);
        if (!Array.Exists(active, fault => fault.IsOver))
        {
            return active;
        }

        lock (_gate)
        {
            Retire(fault => fault.IsOver);
            return _active;
        }
    }

    private void Retire(Predicate<ActiveFault> isOver)
    {
        var over = Array.FindAll(_active, isOver);
        foreach (var fault in over)
        {
            var name = fault.Fault.Definition.Name;
            _past[name] = _past.GetValueOrDefault(name) + fault.Injected;
        }

        Publish([.. _active.Except(over)]);
    }

    private void Publish(ActiveFault[] active)
    {
        Volatile.Write(ref _active, active);
        Volatile.Write(ref _touchesStreams, Array.Exists(active, fault => fault.Kind <= FaultKind.Garbage));
    }
}
