using System.Globalization;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;
using ExtGap.Tests;

namespace ExtGap.Core.Tests.Documentation;

/// <summary>docs/strategy.md says what the engine does, number by number.</summary>
public sealed class StrategyDocument
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "strategy.md"));
    private static readonly WorkedExample Example = new(GapAlgorithm.Group, WorkedExample.Candles);

    [Fact]
    public void The_worked_example_has_each_candle_with_its_candidates_and_what_it_does() => AssertTable(
        "| # | time | open | high | low | close | highest low | lowest high | |",
        Example.Steps.Select(step => string.Join(
            " | ",
            step.Number,
            Time(step.Candle.OpenTime),
            Text(step.Candle.Open),
            Text(step.Candle.High),
            Text(step.Candle.Low),
            Text(step.Candle.Close),
            Text(step.Compared.Bearish, step.After.Bearish),
            Text(step.Compared.Bullish, step.After.Bullish),
            string.Join("; ", step.Events.Select(Text)))));

    [Fact]
    public void The_trade_of_the_worked_example_is_reckoned_as_it_says()
    {
        var (trade, position) = (Example.Trade, Example.Trade.Position);
        var (entry, exit) = (Text(position.EntryPrice), Text(trade.ExitPrice));
        Assert.Equal(Side.Long, position.Side);
        AssertTable(
            "| trade | |",
            [
                $"entry | long at {entry}, the open of candle {Example.NumberOf(position.EntryTime)}",
                $"exit | {exit}, the open of candle {Example.NumberOf(trade.ExitTime)}",
                $"quantity | {position.Notional} ÷ {entry} = {Money(position.Quantity, 8)}",
                $"gross P&L | {position.Notional} × ({exit} − {entry}) ÷ {entry} = {Money(trade.GrossProfit)}",
                $"fees | {position.Notional} × {position.EntryFeeRate} + {position.Notional} × {position.ExitFeeRate} = {Money(position.Fees)}",
                $"realized P&L | {Money(trade.GrossProfit)} − {Money(position.Fees)} = {Money(trade.RealizedProfit)}, a {trade.Result.ToString().ToUpperInvariant()}",
            ]);
    }

    [Fact]
    public void The_three_algorithms_find_the_gaps_that_it_says_on_the_same_candles()
    {
        var runs = Enum.GetValues<GapAlgorithm>().Select(algorithm => new WorkedExample(algorithm, WorkedExample.Candles).Steps).ToArray();
        AssertTable(
            "| candle | group | simple | corrected |",
            from number in Enumerable.Range(1, WorkedExample.Candles.Count)
            let steps = runs.Select(run => run[number - 1]).ToArray()
            where steps.Any(step => step.Gap is not null)
            select $"{number} | {string.Join(" | ", steps.Select(step => step.Gap is { } gap ? $"{Name(gap)} at {Text(step.OpeningBar, step.OpeningBar)}" : string.Empty))}");
    }

    [Fact]
    public void The_counts_over_whole_files_are_those_of_the_expected_results() => AssertTable(
        "| candles | gaps: group | simple | corrected | trades: group | simple | corrected |",
        new[] { "walk-1m", "range-15m", "slow-1h" }.Select(name => string.Join(
            " | ",
            $"{Rows(Conformance.Klines(name)).ToString("N0", CultureInfo.InvariantCulture)} of {name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..]}",
            string.Join(" | ", Names.Select(algorithm => Rows(Conformance.ExpectedGaps(name, algorithm)).ToString("N0", CultureInfo.InvariantCulture))),
            string.Join(" | ", Names.Select(algorithm => Rows(Conformance.ExpectedTrades(name, algorithm)).ToString("N0", CultureInfo.InvariantCulture))))));

    [Fact]
    public void The_defaults_are_those_of_the_options()
    {
        var options = new TradingOptions();
        AssertTable(
            "| option | default |",
            [
                $"`--notional` | {options.Notional} | ",
                $"`--entry-fee-rate`, `--exit-fee-rate` | {options.EntryFeeRate}, {options.ExitFeeRate} | ",
                $"`--max-hold` | {options.MaxHold.TotalHours}h | ",
            ],
            columns: 2);
    }

    [Fact]
    public void Each_drawing_that_it_shows_is_there()
    {
        var drawings = Lines.Where(line => line.StartsWith("![", StringComparison.Ordinal));
        var shown = drawings.Select(line => line[(line.IndexOf('(', StringComparison.Ordinal) + 1)..^1]).ToArray();
        Assert.Equal(["images/gap.svg", "images/algorithms.svg", "images/example.svg"], shown);
        Assert.All(shown, path => Assert.True(File.Exists(Path.Combine(Repository.Root, "docs", path)), path));
    }

    private static IEnumerable<string> Names => Enum.GetNames<GapAlgorithm>().Select(name => name.ToLowerInvariant());

    private static void AssertTable(string header, IEnumerable<string> rows, int columns = int.MaxValue)
    {
        var table = Lines.SkipWhile(line => !line.StartsWith(header, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));
        var expected = string.Join('\n', rows.Select(row => Cells(row, columns)));
        var actual = string.Join('\n', table.Select(line => Cells(line, columns)));
        Assert.True(expected == actual, $"The rows under '{header}' must be:\n{expected}\nand are:\n{actual}");
    }

    /// <summary>A row as it is written in the document, or as far as it is looked at.</summary>
    private static string Cells(string row, int columns) => $"| {string.Join(" | ", row.Trim('|').Split('|').Take(columns).Select(cell => cell.Trim()))} |";

    private static string Text(EngineEvent caused) => caused switch
    {
        EngineEvent.GapDetected(var gap) => $"**{Name(gap)}**"
            + (gap.IsFirst ? ", the first gap" : gap.IsReversal ? $", a reversal: {(gap.Polarity == Polarity.Bullish ? "long" : "short")} is pending" : string.Empty),
        EngineEvent.PositionClosed(var trade) => $"{Name(trade.Position.Side)} closed at {Text(trade.ExitPrice)}",
        EngineEvent.EntryExecuted(var position) => $"{Name(position.Side)} opened at {Text(position.EntryPrice)}",
        _ => throw new InvalidOperationException($"The example has no words for {caused}."),
    };

    private static string Text(Candidate compared, Candidate after) =>
        compared == after ? $"{Text(compared.Price)} ({compared.Bar})" : $"{Text(compared, compared)} → {Text(after, after)}";

    private static string Text(Price price) => price.ToDecimal().ToString("0.0######", CultureInfo.InvariantCulture);

    private static string Time(Instant time) => time.ToDateTimeOffset().ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Name(ExternalGap gap) => $"{gap.Polarity.ToString().ToLowerInvariant()} #{gap.SequenceNumber}";

    private static string Name(Side side) => side.ToString().ToLowerInvariant();

    private static string Money(decimal value, int decimals = 2) =>
        Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString("F" + decimals, CultureInfo.InvariantCulture).Replace('-', '−');

    private static int Rows(string path) => File.ReadLines(path).Count() - 1;
}
