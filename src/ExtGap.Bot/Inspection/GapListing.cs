using ExtGap.Bot.Ledger;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Gaps;
using ExtGap.Core.Statistics;

namespace ExtGap.Bot.Inspection;

/// <summary><c>extgap-bot gaps</c>.</summary>
internal static class GapListing
{
    private static readonly TextColumn[] Columns =
        [new("Detected (UTC)"), new("Polarity"), new("#", IsNumber: true), new("Level", IsNumber: true), new("Opening bar"), new("Remark")];

    public static void Write(LedgerReader ledger, LedgerQuery query, Stream output)
    {
        if (query.Json)
        {
            WriteJson(ledger, query, output);
            return;
        }

        using var text = new StreamWriter(output, leaveOpen: true);
        var instrument = ledger.ReadInstrument();
        var total = default(GapStatistics);
        TextTable.Write(text, Columns, Rows(ledger, query).Select(found => Row(found.Gap, instrument)));
        foreach (var found in Rows(ledger, query))
        {
            total = total.After(found.Gap);
        }

        var mean = total.MeanTimeBetween is { } time ? $", one in {Words.Format.Duration(time)}" : string.Empty;
        text.Write($"{ledger.Symbol} {ledger.Timeframe}: {Words.Gaps(total)}, {Words.Format.Count(total.Reversals)} reversals{mean}\n");
    }

    private static IEnumerable<LedgerGap> Rows(LedgerReader ledger, LedgerQuery query) => query.Select(ledger, ledger.ReadGaps(), found => found.Gap.DetectionBar);

    private static string[] Row(ExternalGap gap, Instrument instrument) =>
    [
        Words.Minute(gap.DetectionBar),
        gap.Polarity == Polarity.Bullish ? "bullish" : "bearish",
        Words.Format.Count(gap.SequenceNumber),
        Words.Format.Price(gap.Level, instrument),
        Words.Minute(gap.OpeningBar),
        gap.IsFirst ? "first" : gap.IsReversal ? "reversal" : string.Empty,
    ];

    private static void WriteJson(LedgerReader ledger, LedgerQuery query, Stream output)
    {
        using var json = LedgerDocument.Begin(output, ledger, query);
        json.WriteRows("gaps", Rows(ledger, query), (row, found) =>
        {
            var gap = found.Gap;
            row.WriteTime("detectedAt", found.DetectedAt);
            row.WriteString("polarity", gap.Polarity == Polarity.Bullish ? "bullish" : "bearish");
            row.WriteNumber("sequenceNumber", gap.SequenceNumber);
            row.WritePrice("level", gap.Level);
            row.WriteTime("openingBar", gap.OpeningBar);
            row.WriteTime("detectionBar", gap.DetectionBar);
            row.WriteBoolean("isFirst", gap.IsFirst);
            row.WriteBoolean("isReversal", gap.IsReversal);
        });
        json.End(output);
    }
}
