using System.Globalization;
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
            var gap = new ExternalGap
            {
                Polarity = Enum.Parse<Polarity>(reader.GetString(1)),
                SequenceNumber = reader.GetInt32(2),
                Level = Price.Parse(reader.GetString(3)),
                OpeningBar = new(reader.GetInt64(4)),
                DetectionBar = new(reader.GetInt64(5)),
                IsFirst = reader.GetBoolean(6),
                IsReversal = reader.GetBoolean(7),
            };
            yield return new(gap, new(reader.GetInt64(0)));
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
            var position = new Position
            {
                Side = Enum.Parse<Side>(reader.GetString(1)),
                EntryTime = new(reader.GetInt64(2)),
                EntryPrice = Price.Parse(reader.GetString(3)),
                Notional = ReadAmount(reader, 6),
                EntryFeeRate = ReadAmount(reader, 7),
                ExitFeeRate = ReadAmount(reader, 8),
            };
            var exitPrice = Price.Parse(reader.GetString(5));
            cumulative = cumulative.After(position.GrossProfitAt(exitPrice) - position.Fees, position.Fees, position.Notional);
            yield return new Trade
            {
                Number = reader.GetInt32(0),
                Position = position,
                ExitTime = new(reader.GetInt64(4)),
                ExitPrice = exitPrice,
                Reason = Enum.Parse<CloseReason>(reader.GetString(9)),
                Cumulative = cumulative,
            };
        }
    }

    private static decimal ReadAmount(SqliteDataReader reader, int column) => decimal.Parse(reader.GetString(column), CultureInfo.InvariantCulture);
}
