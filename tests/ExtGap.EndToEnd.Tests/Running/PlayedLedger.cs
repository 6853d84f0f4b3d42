using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

[assembly: AssemblyFixture(typeof(PlayedLedger))]

namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>The folder of a bot that has played conformance klines and was stopped; tests take copies of it. It is made when first asked for.</summary>
public sealed class PlayedLedger : IDisposable
{
    public const string Klines = "walk-1m";
    public const string LedgerName = "testusdt_1m.db";
    public const string GapsName = "binance_extgap_testusdt_1m_gaps.csv";

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task> _played;

    public PlayedLedger() => _played = new(PlayAsync);

    /// <summary>The options that name its ledger, but for the folder.</summary>
    public static IReadOnlyList<string> Options { get; } = ["--symbol", Conformance.Symbol, "--timeframe", "1m"];

    /// <summary>The results that it has.</summary>
    public static Results Expected { get; } = Results.Expected(Conformance.ExpectedGaps(Klines, "group"), Conformance.ExpectedTrades(Klines, "group"));

    /// <summary>An exchange that plays its klines, as soon as there is a subscriber.</summary>
    public static Task<ExchangeProcess> PlayAsync(CancellationToken cancellationToken) => ExchangeProcess.StartAsync(
        cancellationToken, "--klines", $"{Conformance.Klines(Klines)}={Conformance.Symbol}", "--speed", "max", "--wait-for", "1", "--update-interval", "1m");

    /// <summary>A copy of the folder for one test.</summary>
    public async Task<TemporaryFolder> CopyAsync(CancellationToken cancellationToken)
    {
        await _played.Value.WaitAsync(cancellationToken);
        var copy = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(_folder.Path))
        {
            File.Copy(file, copy[Path.GetFileName(file)]);
        }

        return copy;
    }

    public void Dispose() => _folder.Dispose();

    // For all tests, so that it doesn't end with the one that asked first.
    private async Task PlayAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var exchange = await PlayAsync(patience.Token);
        await using var bot = ChildProcess.Start("extgap-bot", [.. Options, "--data-directory", _folder.Path, .. exchange.BotOptions]);
        await Expected.WaitForAsync(bot, _folder.Path, Conformance.Symbol, "1m", patience.Token);
        Assert.Equal(0, await bot.StopAsync(patience.Token));
    }
}
