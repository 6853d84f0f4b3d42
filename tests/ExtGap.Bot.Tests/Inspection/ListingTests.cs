using System.Globalization;
using System.Text.Json;
using ExtGap.Bot.Inspection;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Inspection;

public sealed class ListingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_json_of_gaps_and_trades_says_what_the_csv_files_say()
    {
        SomeLedger.Write(_folder, 600);
        var gaps = Json(GapListing.Write).GetProperty("gaps").EnumerateArray().Select(GapRow);
        var trades = Json(TradeListing.Write).GetProperty("trades").EnumerateArray().Select(TradeRow);
        Assert.Equal<IEnumerable<string>>(CsvRows("gaps"), gaps);
        Assert.Equal<IEnumerable<string>>(CsvRows("trades"), trades);
    }

    [Fact]
    public void Tables_fit_into_eighty_columns_and_end_with_what_the_rows_come_to()
    {
        SomeLedger.Write(_folder, 600);
        foreach (var verb in new Action<LedgerReader, LedgerQuery, Stream>[] { GapListing.Write, TradeListing.Write, StatisticsSheet.Write })
        {
            Assert.All(SomeLedger.Show(_folder, verb).Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        }

        var gaps = SomeLedger.Show(_folder, GapListing.Write).TrimEnd().Split('\n');
        Assert.Equal(CsvRows("gaps").Count + 2, gaps.Length);
        Assert.StartsWith($"TESTUSDT 1m: {CsvRows("gaps").Count} (", gaps[^1], StringComparison.Ordinal);
        Assert.Contains("first", gaps[1], StringComparison.Ordinal);
        Assert.Contains("Open position: ", SomeLedger.Show(_folder, TradeListing.Write), StringComparison.Ordinal);
        Assert.Contains("Pending entry: ", SomeLedger.Show(_folder, TradeListing.Write), StringComparison.Ordinal);
    }

    [Fact]
    public void Since_counts_an_age_from_the_end_of_the_last_candle_and_last_takes_the_newest_rows()
    {
        SomeLedger.Write(_folder, 600);
        using var ledger = SomeLedger.Read(_folder);
        var end = ledger.ReadLastCandle()!.Value.End;
        var since = end - TimeSpan.FromHours(2);
        var expected = ledger.ReadGaps().Count(found => found.Gap.DetectionBar >= since);
        Assert.InRange(expected, 1, ledger.ReadGaps().Count() - 1);
        Assert.Equal(expected, Json(GapListing.Write, since: "2h").GetProperty("gaps").GetArrayLength());
        Assert.Equal(expected, Json(GapListing.Write, since: since.ToString()).GetProperty("gaps").GetArrayLength());
        Assert.Equal(expected, Json(StatisticsSheet.Write, since: "2h").GetProperty("gaps").GetProperty("count").GetInt32());

        var all = Json(GapListing.Write).GetProperty("gaps").EnumerateArray().Select(GapRow).ToList();
        Assert.Equal<IEnumerable<string>>(all[^3..], Json(GapListing.Write, last: 3).GetProperty("gaps").EnumerateArray().Select(GapRow));
        Assert.Equal<IEnumerable<string>>(all, Json(GapListing.Write, last: 100_000).GetProperty("gaps").EnumerateArray().Select(GapRow));
        Assert.Empty(Json(TradeListing.Write, since: "0").GetProperty("trades").EnumerateArray());
    }

    [Fact]
    public void The_statistics_are_those_of_the_engine()
    {
        SomeLedger.Write(_folder, 600);
        using var ledger = SomeLedger.Read(_folder);
        var (state, json) = (ledger.State!, Json(StatisticsSheet.Write));
        Assert.Equal(600, json.GetProperty("candleCount").GetInt64());
        Assert.Equal(state.Gaps.Count, json.GetProperty("gaps").GetProperty("count").GetInt32());
        Assert.Equal(state.Gaps.Reversals, json.GetProperty("gaps").GetProperty("reversals").GetInt32());
        var trades = json.GetProperty("trades");
        Assert.Equal(state.Trader.Statistics.Count, trades.GetProperty("count").GetInt32());
        Assert.Equal(Math.Round(state.Trader.Statistics.Profit, 8), trades.GetProperty("profit").GetDecimal());
        Assert.Equal(Math.Round(state.Trader.Statistics.MaxDrawdown, 8), trades.GetProperty("maxDrawdown").GetDecimal());
        Assert.Equal(state.Trend.SequenceNumber, json.GetProperty("trend").GetProperty("sequenceNumber").GetInt32());
    }

    [Fact]
    public void A_ledger_without_candles_is_shown_as_one()
    {
        SomeLedger.Write(_folder, 0);
        Assert.Contains("none yet", SomeLedger.Show(_folder, StatisticsSheet.Write), StringComparison.Ordinal);
        Assert.Contains("no gap yet", SomeLedger.Show(_folder, StatisticsSheet.Write), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, Json(StatisticsSheet.Write, since: "7d").GetProperty("lastCandle").ValueKind);
        Assert.Contains("0 (0 bullish, 0 bearish)", SomeLedger.Show(_folder, GapListing.Write, since: "7d"), StringComparison.Ordinal);
        Assert.Contains("Open position: none", SomeLedger.Show(_folder, TradeListing.Write), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_rows_are_listed_without_being_held_in_memory()
    {
        SomeLedger.Write(_folder, 10);
        using (var connection = LedgerConnection.Open(_folder[SomeLedger.FileName]))
        {
            connection.Execute(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
                INSERT INTO gaps SELECT 1000 + i, 1740000000000 + i * 60000, 'Bullish', i, '67250.10000000', 1740000000000, 1740000000000 + i * 60000, 0, 0 FROM n;
                """);
        }

        // The first time pays for what is only made once.
        SomeLedger.Show(_folder, GapListing.Write, last: 1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var ledger = SomeLedger.Read(_folder);
        using var output = new Counter();
        GapListing.Write(ledger, new() { Json = true }, output);
        GapListing.Write(ledger, new(), output);
        Assert.True(output.Length > 15_000_000);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 5_000_000);
    }

    private static string GapRow(JsonElement gap) => string.Join(
        ',',
        Time(gap, "detectedAt"),
        SomeLedger.Symbol,
        gap.GetProperty("polarity").GetString(),
        gap.GetProperty("sequenceNumber").GetInt32().ToString(CultureInfo.InvariantCulture),
        Number(gap, "level", "F8"),
        Time(gap, "openingBar"),
        Time(gap, "detectionBar"),
        gap.GetProperty("isFirst").GetBoolean() ? "true" : "false",
        gap.GetProperty("isReversal").GetBoolean() ? "true" : "false");

    private static string TradeRow(JsonElement trade) => string.Join(
        ',',
        trade.GetProperty("status").GetString(),
        Time(trade, "entryTime"),
        Time(trade, "exitTime"),
        SomeLedger.Symbol,
        trade.GetProperty("side").GetString(),
        Number(trade, "entryPrice", "F8"),
        Number(trade, "exitPrice", "F8"),
        Number(trade, "notional", "F2"),
        Number(trade, "quantity", "F8"),
        Number(trade, "grossProfit", "F2"),
        Number(trade, "realizedProfit", "F2"),
        Number(trade, "fees", "F2"),
        trade.GetProperty("reason").GetString(),
        Number(trade, "cumulativeWins", "F0"),
        Number(trade, "cumulativeLosses", "F0"),
        Number(trade, "cumulativeProfit", "F2"),
        Number(trade, "cumulativeFees", "F2"));

    private static string Time(JsonElement row, string name) =>
        new Core.Market.Instant(row.GetProperty(name).GetDateTimeOffset().ToUnixTimeMilliseconds()).ToString();

    private static string Number(JsonElement row, string name, string format)
    {
        var number = row.GetProperty(name).GetDecimal();
        var rounded = Math.Round(number, format[1] - '0', MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString(format, CultureInfo.InvariantCulture);
    }

    private List<string> CsvRows(string content) =>
        [.. _folder.Read($"binance_extgap_testusdt_1m_{content}.csv").TrimEnd().Split('\n').Skip(1)];

    private JsonElement Json(Action<LedgerReader, LedgerQuery, Stream> verb, string? since = null, int? last = null) =>
        JsonDocument.Parse(SomeLedger.Show(_folder, verb, since, last, json: true)).RootElement;

    /// <summary>Counts what is written and forgets it.</summary>
    private sealed class Counter : MemoryStream
    {
        private long _length;

        public override long Length => _length;

        public override void Write(byte[] buffer, int offset, int count) => _length += count;

        public override void Write(ReadOnlySpan<byte> buffer) => _length += buffer.Length;

        public override void WriteByte(byte value) => _length++;
    }
}
