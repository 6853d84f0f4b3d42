using ExtGap.Bot.Configuration;
using ExtGap.Bot.Ledger;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Inspection;

/// <summary>Which rows of a ledger are asked for, and how they are shown.</summary>
internal sealed record LedgerQuery
{
    /// <summary>From where on; an age counts from the end of the ledger's last candle, so that a bot that has stopped, or one that plays the past, can be asked too.</summary>
    public StartingPoint? Since { get; init; }

    /// <summary>How many of the newest rows.</summary>
    public int? Last { get; init; }

    public bool Json { get; init; }

    /// <summary>The instant of <see cref="Since"/> in a ledger; none where everything is asked for.</summary>
    public Instant? FromIn(LedgerReader ledger)
    {
        var end = ledger.State?.LastCandle is { } last ? ledger.Timeframe.Next(last) : new Instant(0);
        return Since?.At(end);
    }

    /// <summary>The rows that are asked for.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="timeOf">The time by which a row is since then or before.</param>
    public IEnumerable<T> Select<T>(LedgerReader ledger, IEnumerable<T> rows, Func<T, Instant> timeOf)
    {
        var selected = FromIn(ledger) is { } from ? rows.Where(row => timeOf(row) >= from) : rows;
        return Last is { } last ? selected.TakeLast(last) : selected;
    }
}
