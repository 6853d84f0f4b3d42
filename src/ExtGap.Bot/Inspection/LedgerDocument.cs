using System.Text.Encodings.Web;
using System.Text.Json;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Inspection;

/// <summary>A ledger's content as one JSON document, written as it is read.</summary>
internal static class LedgerDocument
{
    private const int FlushAt = 32 * 1024;
    private const int AmountDecimals = 8;

    /// <summary>Begins a document and tells whose ledger it is.</summary>
    public static Utf8JsonWriter Begin(Stream output, LedgerReader ledger, LedgerQuery query)
    {
        // Read by programs, never part of a web page: what is not ASCII may stay.
        var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("symbol", ledger.Symbol.ToString());
        json.WriteString("timeframe", ledger.Timeframe.ToString());
        json.WriteString("algorithm", ledger.Algorithm);
        json.WriteString("ledger", Path.GetFullPath(ledger.Path));
        json.WriteTime("since", query.FromIn(ledger));
        return json;
    }

    public static void End(this Utf8JsonWriter json, Stream output)
    {
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes a list, giving it away piece by piece.</summary>
    public static void WriteRows<T>(this Utf8JsonWriter json, string name, IEnumerable<T> rows, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartObject();
            write(json, row);
            json.WriteEndObject();
            if (json.BytesPending > FlushAt)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
    }

    /// <summary>ISO 8601, in UTC.</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, Instant? time)
    {
        if (time is { } instant)
        {
            json.WriteString(name, instant.ToDateTimeOffset().UtcDateTime);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>All digits that it has, without zeros at the end.</summary>
    public static void WritePrice(this Utf8JsonWriter json, string name, Price price) => json.WriteNumber(name, WithoutZeros(price.ToDecimal()));

    /// <summary>Money or a quantity: with up to eight decimals, half away from zero.</summary>
    public static void WriteAmount(this Utf8JsonWriter json, string name, decimal? amount)
    {
        if (amount is { } value)
        {
            json.WriteNumber(name, WithoutZeros(Rounding.To(value, AmountDecimals)));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>The open position and the pending entry.</summary>
    public static void WriteStanding(this Utf8JsonWriter json, TraderState trader)
    {
        if (trader.Position is { } position)
        {
            json.WriteStartObject("position");
            json.WritePosition(position);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("position");
        }

        if (trader.PendingEntry is { } side)
        {
            json.WriteString("pendingEntry", Marks.NameOf(side));
        }
        else
        {
            json.WriteNull("pendingEntry");
        }
    }

    public static void WritePosition(this Utf8JsonWriter json, Position position)
    {
        json.WriteString("side", Marks.NameOf(position.Side));
        json.WriteTime("entryTime", position.EntryTime);
        json.WritePrice("entryPrice", position.EntryPrice);
        json.WriteAmount("notional", position.Notional);
        json.WriteAmount("quantity", position.Quantity);
        json.WriteAmount("entryFeeRate", position.EntryFeeRate);
        json.WriteAmount("exitFeeRate", position.ExitFeeRate);
    }

    // Dividing by a one of full scale takes the zeros away; adding none keeps zero itself without a sign.
    private static decimal WithoutZeros(decimal value) => value == 0 ? 0 : value / 1.0000000000000000000000000000m;
}
