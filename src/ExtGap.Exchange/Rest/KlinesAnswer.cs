using System.Buffers;
using ExtGap.Core.Market;
using ExtGap.Exchange.Markets;
using ExtGap.Exchange.Streams;

namespace ExtGap.Exchange.Rest;

/// <summary>Makes the rows of klines: closed ones with their final values, the open one as it is now.</summary>
internal static class KlinesAnswer
{
    private const int MostRowBytes = 512;

    /// <summary>Writes the answer, as it is at <paramref name="now"/> on the exchange's clock.</summary>
    public static void Write(KlinesQuery query, long now, IBufferWriter<byte> output)
    {
        var separator = (byte)'[';
        if (query.Timeframe.CanBeBuiltFrom(query.Source.Timeframe))
        {
            var reader = new CandleReader(query.Source, query.Timeframe);
            foreach (var candle in query.StartTime is { } start ? Oldest(query, reader, start, now) : Newest(query, reader, now))
            {
                WriteRow(query.Source.Contract, candle, reader.EndOf(candle.OpenTime) - 1, separator, output);
                separator = (byte)',';
            }
        }

        output.Write(separator == '[' ? "[]"u8 : "]"u8);
    }

    private static IEnumerable<Bar> Oldest(KlinesQuery query, CandleReader reader, long start, long now)
    {
        var from = query.Timeframe == query.Source.Timeframe ? start : query.Timeframe.Ceiling(new Instant(start)).UnixMilliseconds;
        for (var rows = 0; rows < query.Limit && query.Source.TryFindFrom(from, out var first) && first.OpenTime <= now; rows++)
        {
            var openTime = reader.OpenTimeOf(first);
            from = reader.EndOf(openTime);
            if (openTime > query.EndTime || IsUnknown(reader, from, now))
            {
                yield break;
            }

            yield return reader.Read(first, now);
        }
    }

    private static List<Bar> Newest(KlinesQuery query, CandleReader reader, long now)
    {
        var candles = new List<Bar>(query.Limit);
        var upTo = Math.Min(query.EndTime, now);
        while (candles.Count < query.Limit && query.Source.TryFindUpTo(upTo, out var last))
        {
            // Where a candle began before the end that is asked for, all of it that has happened is in the row.
            var openTime = reader.OpenTimeOf(last);
            if (query.Source.TryFindFrom(openTime, out var first) && !IsUnknown(reader, reader.EndOf(openTime), now))
            {
                candles.Add(reader.Read(first, now));
            }

            upTo = openTime - 1;
        }

        candles.Reverse();
        return candles;
    }

    private static bool IsUnknown(in CandleReader reader, long end, long now) => end <= now && !reader.Closes(end);

    private static void WriteRow(Contract contract, in Bar bar, long closeTime, byte separator, IBufferWriter<byte> output)
    {
        var line = new Utf8Line(output.GetSpan(MostRowBytes));
        line.Text([separator, (byte)'[']);
        line.Number(bar.OpenTime);
        line.Text(",\""u8);
        foreach (var price in (ReadOnlySpan<long>)[bar.Open, bar.High, bar.Low, bar.Close])
        {
            line.Decimal(price, contract.PriceDecimals);
            line.Text("\",\""u8);
        }

        line.Decimal(bar.Volume, contract.QuantityDecimals);
        line.Text("\","u8);
        line.Number(closeTime);
        line.Text(",\""u8);
        line.Decimal(bar.QuoteVolume, contract.QuoteDecimals);
        line.Text("\","u8);
        line.Number(bar.TradeCount);
        line.Text(",\""u8);
        line.Decimal(bar.TakerVolume, contract.QuantityDecimals);
        line.Text("\",\""u8);
        line.Decimal(bar.TakerQuoteVolume, contract.QuoteDecimals);
        line.Text("\",\"0\"]"u8);
        output.Advance(line.Length);
    }
}
