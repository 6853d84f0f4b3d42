using System.Globalization;
using System.Text.Json;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;
using Microsoft.Data.Sqlite;

namespace ExtGap.Bot.Ledger;

/// <summary>A gap in the ledger.</summary>
/// <param name="Gap">The gap.</param>
/// <param name="DetectedAt">The exchange's time when it was found.</param>
internal sealed record LedgerGap(ExternalGap Gap, Instant DetectedAt);

/// <summary>Reads the ledger's rows.</summary>
internal static class LedgerRows
{
    public static IEnumerable<LedgerGap> ReadGaps(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT detected_at, polarity, sequence_number, level, opening_bar, detection_bar, is_first, is_reversal FROM gaps ORDER BY number";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return Parse(reader, ParseGap);
        }
    }

    /// <summary>The trades; what they add up to is not stored but follows from their order.</summary>
    public static IEnumerable<Trade> ReadTrades(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT number, side, entry_time, entry_price, exit_time, exit_price, notional, entry_fee_rate, exit_fee_rate, reason FROM trades ORDER BY number";
        using var reader = command.ExecuteReader();
        var cumulative = default(TradeStatistics);
        while (reader.Read())
        {
            var trade = Parse(reader, row => ParseTrade(row, cumulative));
            cumulative = trade.Cumulative;
            yield return trade;
        }
    }

    /// <summary>The engine's state; none in a new ledger.</summary>
    /// <exception cref="JsonException">It can't be read.</exception>
    public static EngineSnapshot? ReadState(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT engine FROM state";
        return command.ExecuteScalar() is string json ? JsonSerializer.Deserialize(json, LedgerJson.Default.EngineSnapshot) : null;
    }

    /// <summary>The contract as the exchange last described it; none before it has.</summary>
    public static Instrument? ReadInstrument(SqliteConnection connection, Symbol symbol, Timeframe timeframe)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT base_asset, quote_asset, price_decimals FROM instrument";
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new Instrument { Symbol = symbol, Timeframe = timeframe, BaseAsset = reader.GetString(0), QuoteAsset = reader.GetString(1), PriceDecimals = reader.GetInt32(2) }
            : null;
    }

    /// <summary>The newest candles, the last one first.</summary>
    public static List<Candle> ReadNewestCandles(SqliteConnection connection, int count)
    {
        using var command = connection.Prepare("SELECT open_time, close_time, open, high, low, close, volume FROM candles ORDER BY open_time DESC LIMIT $count");
        command.Parameters[0].Value = count;
        using var reader = command.ExecuteReader();
        var candles = new List<Candle>();
        while (reader.Read())
        {
            candles.Add(Parse(reader, row => new Candle(
                new(row.GetInt64(0)),
                new(row.GetInt64(1)),
                Price.Parse(row.GetString(2)),
                Price.Parse(row.GetString(3)),
                Price.Parse(row.GetString(4)),
                Price.Parse(row.GetString(5)),
                ReadAmount(row, 6))));
        }

        return candles;
    }

    private static LedgerGap ParseGap(SqliteDataReader row) => new(
        new()
        {
            Polarity = Enum.Parse<Polarity>(row.GetString(1)),
            SequenceNumber = row.GetInt32(2),
            Level = Price.Parse(row.GetString(3)),
            OpeningBar = new(row.GetInt64(4)),
            DetectionBar = new(row.GetInt64(5)),
            IsFirst = row.GetBoolean(6),
            IsReversal = row.GetBoolean(7),
        },
        new(row.GetInt64(0)));

    private static Trade ParseTrade(SqliteDataReader row, TradeStatistics before)
    {
        var position = new Position
        {
            Side = Enum.Parse<Side>(row.GetString(1)),
            EntryTime = new(row.GetInt64(2)),
            EntryPrice = Price.Parse(row.GetString(3)),
            Notional = ReadAmount(row, 6),
            EntryFeeRate = ReadAmount(row, 7),
            ExitFeeRate = ReadAmount(row, 8),
        };
        var exitPrice = Price.Parse(row.GetString(5));
        return new()
        {
            Number = row.GetInt32(0),
            Position = position,
            ExitTime = new(row.GetInt64(4)),
            ExitPrice = exitPrice,
            Reason = Enum.Parse<CloseReason>(row.GetString(9)),
            Cumulative = before.After(position.GrossProfitAt(exitPrice) - position.Fees, position.Fees, position.Notional),
        };
    }

    // SQLite's own check sees pages, not what stands on them.
    private static T Parse<T>(SqliteDataReader row, Func<SqliteDataReader, T> parse)
    {
        try
        {
            return parse(row);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or InvalidCastException or InvalidOperationException)
        {
            throw new InvalidDataException($"a row of it makes no sense: {e.Message}", e);
        }
    }

    private static decimal ReadAmount(SqliteDataReader reader, int column) => decimal.Parse(reader.GetString(column), CultureInfo.InvariantCulture);
}
