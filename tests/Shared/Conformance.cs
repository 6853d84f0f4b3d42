namespace ExtGap.Tests;

/// <summary>Klines and what each algorithm must make of them, in <c>tests/fixtures/conformance</c>.</summary>
public static class Conformance
{
    /// <summary>The symbol of all of them.</summary>
    public const string Symbol = "TESTUSDT";

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "fixtures", "conformance");

    /// <summary>Their names, such as <c>walk-1m</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "klines"), "*.csv").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    /// <summary>The kline file of a name.</summary>
    public static string Klines(string name) => Path.Combine(Folder, "klines", $"{name}.csv");

    /// <summary>The gaps that an algorithm (<c>group</c>, <c>simple</c>, <c>corrected</c>) must find, without the column <c>detected_at_utc</c>.</summary>
    public static string ExpectedGaps(string name, string algorithm) => Path.Combine(Folder, "expected", $"{name}.{algorithm}.gaps.csv");

    /// <summary>The trades that must come of them.</summary>
    public static string ExpectedTrades(string name, string algorithm) => Path.Combine(Folder, "expected", $"{name}.{algorithm}.trades.csv");
}
