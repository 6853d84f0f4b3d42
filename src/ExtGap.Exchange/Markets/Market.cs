using System.Collections.Immutable;
using ExtGap.Core.Market;
using ExtGap.Exchange.Faults;

namespace ExtGap.Exchange.Markets;

/// <summary>All symbols of the exchange, and the streams that it has of them.</summary>
internal sealed class Market
{
    private readonly Dictionary<string, IBarSource> _bySymbol = new(StringComparer.Ordinal);

    /// <summary>A market of these symbols.</summary>
    public Market(IEnumerable<IBarSource> sources)
    {
        Sources = [.. sources];
        foreach (var source in Sources)
        {
            _bySymbol.Add(source.Contract.Symbol.ToString(), new HoledBars(source, Holes));
        }
    }

    /// <summary>Which of their candles don't exist after all.</summary>
    public HoleBook Holes { get; } = new();

    /// <summary>The symbols in the order in which they were asked for.</summary>
    public ImmutableArray<IBarSource> Sources { get; }

    /// <summary>When the first bar of files opens; none where there is no file.</summary>
    public long? FirstOpenTime => Sources.Where(source => source.End is not null).Select(source => (long?)source.FirstOpenTime).Min();

    /// <summary>When the last bar of all ends; none where bars come for ever.</summary>
    public long? End => Sources.Any(source => source.End is null) ? null : Sources.Max(source => source.End);

    /// <summary>The timeframe of one of the exchange's own intervals, which has one name only: neither <c>60m</c> nor <c>1H</c>.</summary>
    public static bool TryParseInterval(string text, out Timeframe timeframe) =>
        Timeframe.TryParse(text, out timeframe) && timeframe.IsNative && string.Equals(timeframe.ToString(), text, StringComparison.Ordinal);

    /// <summary>The symbol of this name in capitals.</summary>
    public IBarSource? Find(string symbol) => _bySymbol.GetValueOrDefault(symbol);

    /// <summary>What a stream's name stands for; nothing where the exchange has no such stream, upper case and odd intervals included.</summary>
    public (IBarSource Source, Timeframe Timeframe)? FindStream(string name)
    {
        const string Kind = "@kline_";
        var at = name.IndexOf(Kind, StringComparison.Ordinal);
        if (at <= 0 || name.AsSpan(0, at).ContainsAnyInRange('A', 'Z') || !TryParseInterval(name[(at + Kind.Length)..], out var timeframe))
        {
            return null;
        }

        return Find(name[..at].ToUpperInvariant()) is { } source && timeframe.CanBeBuiltFrom(source.Timeframe) ? (source, timeframe) : null;
    }
}
