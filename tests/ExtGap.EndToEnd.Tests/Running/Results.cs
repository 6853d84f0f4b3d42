using System.Text;

namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>The two CSV files of a bot or backtest, without the column that tells when a gap was found.</summary>
public sealed record Results(string Gaps, string Trades)
{
    public static Results Read(string folder, string symbol, string timeframe)
    {
        var (gaps, trades) = Paths(folder, symbol, timeframe);
        return new(WithoutFirstColumn(File.ReadAllText(gaps)), File.ReadAllText(trades));
    }

    /// <summary>Expected files, in which the first column is missing already.</summary>
    public static Results Expected(string gaps, string trades) => new(File.ReadAllText(gaps), File.ReadAllText(trades));

    /// <summary>Waits until a bot has written as many lines as are expected, or more.</summary>
    public Task WaitForAsync(ChildProcess bot, string folder, string symbol, string timeframe, CancellationToken cancellationToken) => Waiting.UntilAsync(
        () =>
        {
            Assert.False(bot.HasExited, $"The bot has ended: {bot}");
            return AreIn(folder, symbol, timeframe);
        },
        bot.ToString, cancellationToken);

    /// <summary>The same for the bot of a deployment.</summary>
    public Task WaitForAsync(Deployment deployment, string symbol, string timeframe, CancellationToken cancellationToken) =>
        Waiting.UntilAsync(() => AreIn(deployment.DataFolder, symbol, timeframe), deployment.ToString, cancellationToken);

    private bool AreIn(string folder, string symbol, string timeframe)
    {
        var (gaps, trades) = Paths(folder, symbol, timeframe);
        return CountLines(gaps) >= Gaps.AsSpan().Count('\n') && CountLines(trades) >= Trades.AsSpan().Count('\n');
    }

    private static (string Gaps, string Trades) Paths(string folder, string symbol, string timeframe)
    {
        var name = Path.Combine(folder, $"binance_extgap_{symbol.ToLowerInvariant()}_{timeframe}_");
        return ($"{name}gaps.csv", $"{name}trades.csv");
    }

    /// <summary>How many gaps a bot has written so far.</summary>
    public static int CountGaps(string folder, string symbol, string timeframe) => Math.Max(0, CountLines(Paths(folder, symbol, timeframe).Gaps) - 1);

    private static int CountLines(string path)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().AsSpan().Count('\n');
    }

    private static string WithoutFirstColumn(string csv)
    {
        var text = new StringBuilder(csv.Length);
        foreach (var line in csv.AsSpan().EnumerateLines())
        {
            if (line.Length > 0)
            {
                text.Append(line[(line.IndexOf(',') + 1)..]).Append('\n');
            }
        }

        return text.ToString();
    }
}
