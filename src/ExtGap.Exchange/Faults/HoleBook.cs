using System.Collections.Immutable;

namespace ExtGap.Exchange.Faults;

/// <summary>Which candles don't exist. What was a hole stays one, also when the fault is cleared: the past doesn't change.</summary>
internal sealed class HoleBook
{
    private HoleRule[] _rules = [];
    private ActiveFault? _open;

    /// <summary>Brings the book up to date with the fault.</summary>
    /// <param name="hole">The fault, if it is in force.</param>
    /// <param name="from">The first open time that is not decided yet.</param>
    public void Update(ActiveFault? hole, long from)
    {
        if (hole == _open)
        {
            return;
        }

        var rules = Volatile.Read(ref _rules).ToImmutableArray();
        if (_open is not null)
        {
            rules = rules.SetItem(rules.Length - 1, rules[^1] with { Until = from });
        }

        if (hole is not null)
        {
            rules = rules.Add(new(hole.Value.Number, (long?)hole.Value.Timeframe?.NominalLength.TotalMilliseconds ?? 0, from, hole.Fault.Times));
        }

        _open = hole;
        Volatile.Write(ref _rules, [.. rules]);
    }

    /// <summary>Whether a bar is in a hole, and from where to where that is.</summary>
    /// <param name="openTime">The bar's open time.</param>
    /// <param name="length">Its nominal length.</param>
    /// <param name="hole">The hole: its first millisecond and the one after its last.</param>
    public bool TryFind(long openTime, long length, out (long From, long To) hole)
    {
        foreach (var rule in Volatile.Read(ref _rules))
        {
            if (rule.TryFind(openTime, length, out hole))
            {
                return true;
            }
        }

        hole = default;
        return false;
    }
}

/// <summary>Every how many candles one doesn't exist, in milliseconds of exchange time.</summary>
/// <param name="Every">Every how many.</param>
/// <param name="Length">How long a candle is; 0 for as long as the market's own bars.</param>
/// <param name="From">The first open time that counts.</param>
/// <param name="Times">How many candles; none without an end.</param>
internal sealed record HoleRule(int Every, long Length, long From, int? Times)
{
    /// <summary>The first open time that doesn't count any more.</summary>
    public long Until { get; init; } = long.MaxValue;

    /// <summary>Whether a bar is in one of the holes.</summary>
    public bool TryFind(long openTime, long barLength, out (long From, long To) hole)
    {
        var length = Math.Max(Length, barLength);
        var index = openTime / length;
        hole = (index * length, (index + 1) * length);
        var first = ((From + length - 1) / length + Every - 1) / Every * Every;
        return index % Every == 0 && index >= first && hole.From < Until && (Times is not { } times || index < first + ((long)times * Every));
    }
}
