using ExtGap.Chaos.Checks;
using ExtGap.Chaos.Product;

namespace ExtGap.Chaos.Tests;

/// <summary>What the chaos harness checks at its end finds what is wrong: a check that can't fail would be worth nothing.</summary>
public sealed class ChaosChecks
{
    private static readonly string[] Gaps =
    [
        "symbol,polarity,sequence_number,gap_level,gap_opening_bar_time,detection_bar_time,is_first_gap,is_reversal",
        "TESTUSDT,bearish,1,2501.5,2025-03-01T00:03:00.000+00:00,2025-03-01T00:59:59.999+00:00,true,false",
        "TESTUSDT,bearish,2,2501.5,2025-03-01T00:06:00.000+00:00,2025-03-01T01:02:59.999+00:00,false,false",
        "TESTUSDT,bullish,1,2501.5,2025-03-01T00:06:00.000+00:00,2025-03-01T01:05:59.999+00:00,false,true",
    ];

    private const string First = "🔴 <b>BEARISH #1, first gap</b> · TESTUSDT 3m\nIt sets the trend\n<i>LOCAL · 2025-03-01 01:00 UTC</i>";
    private const string Second = "⏪ 🔴 BEARISH #2 gap · TESTUSDT 3m\nCaught up after downtime: happened 2025-03-01 01:03 UTC\nLOCAL";
    private const string Third = "🔄🟢 <b>BULLISH #1, reversal</b> · TESTUSDT 3m\nAfter BEARISH #2\n<i>LOCAL · 2025-03-01 01:06 UTC</i>";
    private const string AllOfThem = "📋 <b>4 events</b> · TESTUSDT 3m\nTimes in UTC\nMar 01 01:00 🔴 BEARISH #1 · 2,501.5 · first\n⏪ Mar 01 01:03 🔴 BEARISH #2 · 2,501.5\nMar 01 01:06 🔄🟢 BULLISH #1 · 2,501.5\nMar 01 01:06 📈 LONG @ 2,495.0\n<i>LOCAL</i>";
    private const string Others = "🔴 <b>BEARISH #1, first gap</b> · TESTUSDT 15m\n<i>LOCAL · 2025-03-01 01:00 UTC</i>";

    [Theory]
    [InlineData(0, 0, 0, 0, First, Second, Third)]
    [InlineData(0, 0, 0, 0, Others, AllOfThem, Others)]
    [InlineData(0, 0, 0, 2, AllOfThem, Second, AllOfThem)]
    [InlineData(1, 0, 0, 0, First, Third)]
    [InlineData(0, 0, 1, 0, First, Third, Second)]
    [InlineData(3, 0, 0, 0, Others)]
    [InlineData(0, 1, 0, 0, First, Second, Third, "🔴 <b>BEARISH #9 gap</b> · TESTUSDT 3m\n<i>LOCAL · 2025-03-01 02:00 UTC</i>")]
    public void Gaps_that_were_not_told_or_not_in_order_are_found(int missing, int unknown, int outOfOrder, int repeated, params string[] texts)
    {
        var told = MessagesCheck.Compare(texts.Select((text, i) => new ChatMessage(i, "1001", text)), "3m", Gaps);

        Assert.Equal((3, missing, unknown, outOfOrder, repeated), (told.Expected, told.Missing.Count, told.Unknown.Count, told.OutOfOrder.Count, told.Repeated));
    }

    [Theory]
    [InlineData(0, 0, 0, "beat 1 1", "beat 1 2", "beat 2 1", "beat 1 3", "beat 2 2")]
    [InlineData(1, 0, 0, "beat 1 1", "beat 1 3", "beat 2 1", "beat 2 2")]
    [InlineData(1, 0, 0, "beat 1 1", "beat 1 2", "beat 2 1", "beat 2 2")]
    [InlineData(0, 1, 0, "beat 1 1", "beat 1 2", "beat 1 3", "beat 2 1")]
    [InlineData(1, 0, 0, "beat 1 1", "beat 1 2", "beat 1 3", "beat 2 2")]
    [InlineData(0, 0, 1, "beat 1 1", "beat 1 2", "beat 1 2", "beat 1 3", "beat 2 1", "beat 2 2")]
    [InlineData(0, 0, 1, "beat 1 2", "beat 1 1", "beat 1 3", "beat 2 1", "beat 2 2")]
    [InlineData(0, 0, 2, "beat 1 1", "beat 1 2", "beat 1 3", "beat 2", "t 2 1", "beat 2 1", "beat 2 2")]
    [InlineData(0, 0, 0, "beat 1 1", "beat 1 2", "beat 1 3", "beat 2 1", "beat 2 2", "beat 1")]
    public void Lines_that_are_missing_torn_or_out_of_order_are_found(int missing, int excused, int disordered, params string[] log)
    {
        var records = new Dictionary<int, IReadOnlyList<long>> { [1] = [10, 20, 30], [2] = [110, 120] };
        var beats = BeatsCheck.Compare(records, log, kills: [(115, 125)], fullDisks: []);

        Assert.Equal((missing, excused, disordered), (beats.Missing.Count, (int)beats.Excused, beats.Disordered.Count));
    }

    [Fact]
    public void A_line_that_came_while_the_disk_was_full_is_excused()
    {
        var records = new Dictionary<int, IReadOnlyList<long>> { [1] = [10, 20, 30] };

        Assert.Equal(1, BeatsCheck.Compare(records, ["beat 1 1", "beat 1 3"], kills: [], fullDisks: [(15, 25)]).Excused);
        Assert.Single(BeatsCheck.Compare(records, ["beat 1 1", "beat 1 3"], kills: [(15, 25)], fullDisks: []).Missing);
    }

    [Theory]
    [InlineData("what the log tells of it is no line of a heartbeat's", 0, "beat 1 1", "b", "[extgap] 9 bytes dropped: No space left on device", "beat 1 3")]
    [InlineData("and as often as the disk was full anew", 0, "b", "[extgap] 9 bytes dropped: No space left on device", "beat", "[extgap] 6 bytes dropped: No space left on device", "beat 1 3")]
    [InlineData("more pieces than that have another cause", 4, "b", "be", "bea", "[extgap] 9 bytes dropped: No space left on device", "beat")]
    public void What_a_full_disk_leaves_of_a_line_is_excused(string _, int disordered, params string[] log)
    {
        var records = new Dictionary<int, IReadOnlyList<long>> { [1] = [10, 20, 30] };

        Assert.Equal(disordered, BeatsCheck.Compare(records, log, kills: [], fullDisks: [(5, 35)]).Disordered.Count);
    }

    [Fact]
    public void Lines_that_were_dropped_while_the_disk_had_room_are_told()
    {
        var records = new Dictionary<int, IReadOnlyList<long>> { [1] = [10] };

        Assert.Single(BeatsCheck.Compare(records, ["beat 1 1", "[extgap] 9 bytes dropped: Input/output error"], kills: [], fullDisks: []).Disordered);
    }

    [Theory]
    [InlineData(null, "a", "b")]
    [InlineData("line 2 is missing, expected was 'b'", "a")]
    [InlineData("line 2 is 'x', expected was 'b'", "a", "x")]
    [InlineData("line 3 is 'c', expected was missing", "a", "b", "c")]
    public void Lines_that_differ_are_found(string? expected, params string[] lines)
    {
        var difference = ResultsCheck.Difference(["a", "b"], lines);

        Assert.Equal(expected is null, difference is null);
        Assert.StartsWith(expected ?? string.Empty, difference ?? string.Empty, StringComparison.Ordinal);
    }
}
