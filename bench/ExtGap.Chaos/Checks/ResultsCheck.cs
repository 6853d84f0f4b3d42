using System.Diagnostics;
using ExtGap.Chaos.Product;

namespace ExtGap.Chaos.Checks;

/// <summary>Gaps and trades, byte by byte, against those of a backtest of the same month.</summary>
internal static class ResultsCheck
{
    /// <summary>Computes what is to be expected.</summary>
    public static async Task<string> BacktestAsync(Workplace place, string timeframe, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(place.Root, "expected")).FullName;
        var start = new ProcessStartInfo(place.Executable("extgap-bot"), ["backtest", "--klines", place.Klines, "--symbol", SyntheticMonth.Symbol, "--timeframe", timeframe, "--output", folder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? folder : throw new InvalidOperationException($"The backtest of {timeframe} failed: {await said}");
    }

    /// <summary>The gaps of a folder, without the time at which each was found.</summary>
    public static IReadOnlyList<string> ReadGaps(string folder, string timeframe) => [.. Read(folder, timeframe, "gaps").Select(line => line[(line.IndexOf(',') + 1)..])];

    /// <summary>The trades of a folder.</summary>
    public static IReadOnlyList<string> ReadTrades(string folder, string timeframe) => Read(folder, timeframe, "trades");

    /// <summary>How two lists of lines differ; none where they do not.</summary>
    public static string? Difference(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        var same = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return same == expected.Count && same == actual.Count
            ? null
            : $"line {same + 1} is {At(actual, same)}, expected was {At(expected, same)} ({actual.Count} lines, expected {expected.Count})";
    }

    private static string At(IReadOnlyList<string> lines, int index) => index < lines.Count ? $"'{lines[index]}'" : "missing";

    private static string[] Read(string folder, string timeframe, string kind)
    {
        var path = Path.Combine(folder, $"binance_extgap_{SyntheticMonth.Symbol.ToLowerInvariant()}_{timeframe}_{kind}.csv");
        return File.Exists(path) ? File.ReadAllText(path).Split('\n') : [];
    }
}
