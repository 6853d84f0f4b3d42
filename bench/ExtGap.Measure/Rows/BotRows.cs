using System.Diagnostics;
using ExtGap.Measure.Market;
using ExtGap.Measure.Processes;
using ExtGap.Measure.Rounds;

namespace ExtGap.Measure.Rows;

/// <summary>The rows of what a bot costs beside a market at its own speed.</summary>
internal sealed class BotRows(Options options)
{
    private const int Starts = 10;
    private const int SymbolCount = 800;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    // A whole minute, so that every symbol closes a candle in it.
    private static readonly TimeSpan BusySpan = TimeSpan.FromSeconds(60);

    public IEnumerable<Row> All() =>
    [
        new("bot-idle", "bot connected, 20 s after its start", [new("RSS", "MB", 25), new("private", "MB", 14)], Contenders(IdleAsync)),
        new("bot-three", "three bots together (3m, 15m, 1h)", [new("RSS", "MB", 75)], Contenders(ThreeAsync)),
        new("bot-start", "bot's start → WebSocket connected", [new(string.Empty, "ms", 60)], Contenders(StartAsync)),
        new(
            "bot-800",
            "one bot, 800 symbols, 4 updates a second each",
            [new("CPU", "% of a core", 25), new("peak RSS", "MB", 150)],
            [new("ExtGap", ManySymbolsAsync)]),
    ];

    private List<Contender> Contenders(Func<BotProgram, Workplace, CancellationToken, Task<double[]>> measure) =>
        [.. BotProgram.All(options).Select(bot => new Contender(bot.Name, (workplace, cancellationToken) => measure(bot, workplace, cancellationToken)))];

    private async Task<double[]> IdleAsync(BotProgram program, Workplace workplace, CancellationToken cancellationToken)
    {
        await using var exchange = await ExchangeProcess.StartAsync(options, workplace.Directory, [], cancellationToken);
        await using var bot = program.Start(exchange.Authority, workplace.Directory, "3m");
        await bot.SaysAsync("Connected", cancellationToken);
        await Task.Delay(Settling, TimeProvider.System, cancellationToken);
        return [ProcFs.ResidentMegabytes(bot.Pid), ProcFs.PrivateMegabytes(bot.Pid)];
    }

    private async Task<double[]> ThreeAsync(BotProgram program, Workplace workplace, CancellationToken cancellationToken)
    {
        await using var exchange = await ExchangeProcess.StartAsync(options, workplace.Directory, [], cancellationToken);
        await using var first = program.Start(exchange.Authority, workplace.Directory, "3m");
        await using var second = program.Start(exchange.Authority, workplace.Directory, "15m");
        await using var third = program.Start(exchange.Authority, workplace.Directory, "1h");
        Started[] bots = [first, second, third];
        await Task.WhenAll(bots.Select(bot => bot.SaysAsync("Connected", cancellationToken)));
        await Task.Delay(Settling, TimeProvider.System, cancellationToken);
        return [bots.Sum(bot => ProcFs.ResidentMegabytes(bot.Pid))];
    }

    private static async Task<double[]> StartAsync(BotProgram program, Workplace workplace, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            await using var market = new StandIn();
            await using var bot = program.Start(market.Authority, Directory.CreateDirectory(workplace.PathOf($"{i}")).FullName, "1m");
            var stream = await market.StreamAsync(cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(bot.Timestamp, stream.Timestamp).TotalMilliseconds);
        }

        return [times.Order().ElementAt(Starts / 2)];
    }

    private async Task<double[]> ManySymbolsAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var symbols = string.Join(',', Enumerable.Range(0, SymbolCount).Select(number => $"S{number:D3}USDT"));
        await using var exchange = await ExchangeProcess.StartAsync(options, workplace.Directory, ["--symbol", symbols], cancellationToken);
        await using var bot = BotProgram.All(options)[0].Start(exchange.Authority, workplace.Directory, "1m", symbols);
        await bot.SaysAsync("Connected", cancellationToken);
        await Task.Delay(Settling, TimeProvider.System, cancellationToken);
        var (before, began) = (ProcFs.CpuTime(bot.Pid), Stopwatch.GetTimestamp());
        await Task.Delay(BusySpan, TimeProvider.System, cancellationToken);
        var used = ProcFs.CpuTime(bot.Pid) - before;
        return [100 * (used / Stopwatch.GetElapsedTime(began)), ProcFs.PeakMegabytes(bot.Pid)];
    }
}
