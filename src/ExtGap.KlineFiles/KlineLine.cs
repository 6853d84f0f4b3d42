using System.Text;
using ExtGap.Core.Market;

namespace ExtGap.KlineFiles;

/// <summary>
/// One line of a kline file: open time, open, high, low, close, volume, close time, quote volume, number of trades,
/// taker buy volume, taker buy quote volume, and a column without use. Times are in milliseconds, or in microseconds since 2025.
/// </summary>
internal static class KlineLine
{
    private const int Columns = 12;

    // Milliseconds reach this in the year 5138, microseconds had passed it in 1973.
    private const long FirstMicroseconds = 100_000_000_000_000;

    /// <summary>Whether a file's first line is a header and no kline.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> line) => line.StartsWith("open_time,"u8);

    /// <summary>Reads a line.</summary>
    /// <returns>What is wrong with it; nothing where it is good.</returns>
    public static string? Parse(ReadOnlySpan<byte> line, out Kline kline)
    {
        kline = default;
        var columns = line.Count((byte)',') + 1;
        if (columns != Columns)
        {
            return $"there are {columns} columns instead of {Columns}";
        }

        var fields = new Fields(line);
        var openTime = fields.Time("open time");
        var open = fields.Price("open");
        var high = fields.Price("high");
        var low = fields.Price("low");
        var close = fields.Price("close");
        var volume = fields.Quantity("volume");
        var closeTime = fields.Time("close time");
        var quoteVolume = fields.Quantity("quote volume");
        var tradeCount = fields.Count("number of trades");
        var takerVolume = fields.Quantity("taker buy volume");
        var takerQuoteVolume = fields.Quantity("taker buy quote volume");
        if (fields.Fault is { } fault)
        {
            return fault;
        }

        var candle = new Candle(openTime, closeTime, open, high, low, close, volume);
        kline = new(candle, quoteVolume, tradeCount, takerVolume, takerQuoteVolume) { PriceDecimals = fields.PriceDecimals };
        return candle.IsConsistent ? null : $"the high {high} and the low {low} do not bound the open {open} and the close {close}";
    }

    /// <summary>Reads field after field, and keeps the first fault.</summary>
    private ref struct Fields(ReadOnlySpan<byte> line)
    {
        private ReadOnlySpan<byte> _rest = line;

        public string? Fault { get; private set; }

        public int PriceDecimals { get; private set; }

        public Instant Time(string name)
        {
            var field = Next();
            if (!TryWhole(field, out var number))
            {
                return Reject<Instant>(name, field, "a time in milliseconds or microseconds since 1970");
            }

            var time = new Instant(number >= FirstMicroseconds ? number / 1000 : number);
            return time <= Instant.Max ? time : Reject<Instant>(name, field, "a time before the year 10000");
        }

        public Price Price(string name)
        {
            var field = Next();
            if (!FixedPoint.TryParse(field, out var number) || !number.TryScale(Core.Market.Price.Decimals, out var units) || units <= 0)
            {
                return Reject<Price>(name, field, "a positive price with at most 8 decimals");
            }

            PriceDecimals = Math.Max(PriceDecimals, Math.Min(number.Scale, Core.Market.Price.Decimals));
            return Core.Market.Price.FromUnits(units);
        }

        public decimal Quantity(string name)
        {
            var field = Next();
            return FixedPoint.TryParse(field, out var number) ? number.ToDecimal() : Reject<decimal>(name, field, "a quantity of 0 or more");
        }

        public long Count(string name)
        {
            var field = Next();
            return TryWhole(field, out var count) ? count : Reject<long>(name, field, "a whole number of 0 or more");
        }

        private static bool TryWhole(ReadOnlySpan<byte> field, out long number)
        {
            number = 0;
            return FixedPoint.TryParse(field, out var digits) && digits.Scale == 0 && digits.TryScale(0, out number);
        }

        private ReadOnlySpan<byte> Next()
        {
            var comma = _rest.IndexOf((byte)',');
            var field = comma < 0 ? _rest : _rest[..comma];
            _rest = comma < 0 ? default : _rest[(comma + 1)..];
            return field;
        }

        private T Reject<T>(string name, ReadOnlySpan<byte> field, string expected)
        {
            const int Shown = 40;
            var text = Encoding.UTF8.GetString(field[..Math.Min(field.Length, Shown)]) + (field.Length > Shown ? "…" : string.Empty);
            Fault ??= $"the {name} is '{text}', not {expected}";
            return default!;
        }
    }
}
