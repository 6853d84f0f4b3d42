namespace ExtGap.Supervisor.Configuration.Reading;

/// <summary>
/// An object of the file while it is read. It hands out its members by their keys, notes what is wrong with them, and at the end
/// knows those that nobody asked for: there is no list of keys besides the code that reads them.
/// </summary>
internal sealed class ConfigObject
{
    private readonly FaultList _faults;
    private readonly Dictionary<string, ConfigMember> _members = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];

    public ConfigObject(ConfigNode.Object json, string path, FaultList faults)
    {
        (Path, Line, _faults) = (path, json.Line, faults);
        foreach (var member in json.Members)
        {
            if (!_members.TryAdd(member.Key, member))
            {
                Reject(member, $"is here twice, first on line {_members[member.Key].Line}: keep one.");
            }
        }
    }

    /// <summary>Such as <c>programs.3m.restart</c>; empty for the whole file.</summary>
    public string Path { get; }

    public int Line { get; }

    /// <summary>All members, in the order of the file.</summary>
    public IEnumerable<ConfigMember> Members => _members.Values;

    public bool Has(string key) => _members.ContainsKey(key);

    /// <summary>Whether somebody has asked for the key.</summary>
    public bool Knows(string key) => _known.Contains(key, StringComparer.Ordinal);

    /// <summary>A member, if it is there; its key is known from now on.</summary>
    public ConfigMember? Take(string key)
    {
        if (!Knows(key))
        {
            _known.Add(key);
        }

        return _members.GetValueOrDefault(key);
    }

    /// <returns>What the member has; <paramref name="otherwise"/> where it is not there, or wrong.</returns>
    public T Read<T>(string key, ValueKind<T> kind, T otherwise)
    {
        if (Take(key) is not { } member)
        {
            return otherwise;
        }

        if (kind.TryRead(member.Value, out var value))
        {
            return value;
        }

        Reject(member, $"{member.Value.Shown} is not possible: {kind.Allowed}.");
        return otherwise;
    }

    /// <returns>What <paramref name="read"/> makes of an object within this one; <paramref name="otherwise"/> where it is not there.</returns>
    public T ReadObject<T>(string key, T otherwise, Func<ConfigObject, T> read) =>
        Take(key) is { } member && Within(member) is { } inner ? read(inner) : otherwise;

    /// <summary>The object that a member has; notes a fault where it has none.</summary>
    public ConfigObject? Within(ConfigMember member)
    {
        if (member.Value is ConfigNode.Object json)
        {
            return new(json, PathOf(member.Key), _faults);
        }

        Reject(member, $"{member.Value.Shown} is not possible: an object in {{ }}.");
        return null;
    }

    public void Reject(ConfigMember member, string message) => _faults.Add(member.Line, PathOf(member.Key), message);

    /// <summary>Notes a fault of an item of a member's array, or of its whole value.</summary>
    public void Reject(ConfigMember member, int? item, ConfigNode value, string message) =>
        _faults.Add(value.Line, item is { } index ? $"{PathOf(member.Key)}[{index}]" : PathOf(member.Key), message);

    public void Reject(string message) => _faults.Add(Line, Path, message);

    /// <summary>Notes each member that nobody asked for.</summary>
    /// <param name="explain">Says what to do about a key, where there is something particular to say.</param>
    public void RejectUnknown(Func<string, string?>? explain = null)
    {
        foreach (var member in Members.Where(member => !Knows(member.Key)))
        {
            var what = explain?.Invoke(member.Key)
                ?? (Spelling.Nearest(member.Key, _known) is { } near ? $"there is no such key: did you mean `{near}`?" : null)
                ?? $"there is no such key; there are {string.Join(", ", _known)}.";
            Reject(member, what);
        }
    }

    private string PathOf(string key) => Path.Length > 0 ? $"{Path}.{ShownText.Of(key)}" : ShownText.Of(key);
}
