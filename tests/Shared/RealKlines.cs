namespace ExtGap.Tests;

/// <summary>The exchange's own klines, which are no part of the project and need not be there, with what must come of them.</summary>
public static class RealKlines
{
    /// <summary>Stands in the place of a case where there is none.</summary>
    public const string None = "there are no real klines beside the repository";

    /// <summary>Where they are.</summary>
    public static string Folder => Repository.RealKlines;

    /// <summary>What is expected, such as <c>AVAXUSDT-1m-2023-02.10m</c>: file and timeframe; <see cref="None"/> where there is nothing.</summary>
    public static IReadOnlyList<string> Cases { get; } = Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Path.Combine(Folder, "expected"), "*.gaps.csv").Select(path => Path.GetFileName(path)[..^".gaps.csv".Length]).Order(StringComparer.Ordinal)]
        : [None];

    /// <summary>Whether a case is none, which it says in the test's output.</summary>
    public static bool IsNone(string name)
    {
        if (name != None)
        {
            return false;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{None}: nothing was compared.");
        return true;
    }

    /// <summary>The expected gaps of a case.</summary>
    public static string ExpectedGaps(string name) => Path.Combine(Folder, "expected", $"{name}.gaps.csv");

    /// <summary>The expected trades of a case.</summary>
    public static string ExpectedTrades(string name) => Path.Combine(Folder, "expected", $"{name}.trades.csv");

    /// <summary>The kline file of a case.</summary>
    public static string Klines(string name) => Path.Combine(Folder, $"{name[..name.LastIndexOf('.')]}.csv");

    /// <summary>The symbol of a case.</summary>
    public static string SymbolOf(string name) => name[..name.IndexOf('-', StringComparison.Ordinal)];

    /// <summary>The timeframe of a case.</summary>
    public static string TimeframeOf(string name) => name[(name.LastIndexOf('.') + 1)..];
}
