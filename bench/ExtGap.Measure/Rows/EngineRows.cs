using System.Globalization;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;
using ExtGap.Measure.Market;
using ExtGap.Measure.Processes;
using ExtGap.Measure.Rounds;

namespace ExtGap.Measure.Rows;

/// <summary>The rows of the engine itself, on one core: candles in memory, natively compiled as the bot has it.</summary>
internal sealed class EngineRows(Options options)
{
    private const int Klines = 2_000_000;
    private const int Loaded = 1 << 16;

    // Of these 45 % have a gap by the group algorithm.
    private const int Step = 20;
    private const int Wick = 8;

    public IEnumerable<Row> All() =>
    [
        new(
            "detector",
            "detector, candles on one core",
            [new("10³ candles, 45 % gaps", "/s", 30e6, IsRate: true), new("10⁸ candles, 45 % gaps", "/s", 30e6, IsRate: true), new("10⁸ candles, group always full", "/s", 30e6, IsRate: true)],
            [new("ExtGap", DetectorAsync), .. PythonDetector()]),
        new("engine", "the same with trading and statistics, 10⁷ candles", [new("45 % gaps", "/s", 8e6, IsRate: true)], [new("ExtGap", EngineAsync)]),
        new("backtest", "`extgap-bot backtest`, from kline CSV to both output files", [new(string.Empty, "/s", 3e6, IsRate: true)], [new("ExtGap", BacktestAsync)]),
    ];

    private List<Contender> PythonDetector()
    {
        if (options is not { Python: { } python, PythonBot: { } bot })
        {
            return [];
        }

        return [new("Python", async (workplace, cancellationToken) =>
        {
            await using var detector = Started.Run(python, ["-W", "ignore", bot, "--detector", "200000"], workplace.Directory);
            await detector.SaysAsync("candles/s", cancellationToken);
            return [double.NaN, double.Parse(detector.Tail.Split(' ')[0], CultureInfo.InvariantCulture), double.NaN];
        })];
    }

    private static Task<double[]> DetectorAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var gaps = Load(Bars.Walk(Loaded, Step, Wick));
        var none = Load(Bars.Walk(Loaded, step: 0, Wick));
        return Task.FromResult<double[]>([Detect(gaps, 1000, 20_000), Detect(gaps, 100_000_000, 1), Detect(none, 100_000_000, 1)]);
    }

    private static double Detect(Candle[] candles, int count, int times)
    {
        var found = 0;
        var began = ProcFs.CpuTime(Environment.ProcessId);
        for (var time = 0; time < times; time++)
        {
            var detector = GapDetector.Create(GapAlgorithm.Group);
            for (var i = 0; i < count; i++)
            {
                found += detector.TryDetect(candles[i & (Loaded - 1)], out _) ? 1 : 0;
            }
        }

        var rate = (double)count * times / CpuSince(began);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"             {100.0 * found / count / times:0.0} % of {count:N0} candles had a gap"));
        return rate;
    }

    private static Task<double[]> EngineAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        const int Count = 10_000_000;
        var candles = Load(Bars.Walk(Loaded, Step, Wick));
        var engine = new StrategyEngine(GapAlgorithm.Group, new TradingOptions());
        var events = new List<EngineEvent>();
        var began = ProcFs.CpuTime(Environment.ProcessId);
        for (var i = 0L; i < Count; i++)
        {
            var open = Bar.Beginning + (i * Bar.Minute);
            engine.CandleClosed(candles[i & (Loaded - 1)] with { OpenTime = new(open), CloseTime = new(open + Bar.Minute - 1) }, events);
            events.Clear();
        }

        return Task.FromResult<double[]>([Count / CpuSince(began)]);
    }

    private async Task<double[]> BacktestAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var file = workplace.PathOf("BTCUSDT-1m-made.csv");
        await using (var klines = new StreamWriter(file))
        {
            foreach (var bar in Bars.Walk(Klines, Step, wick: 20))
            {
                await klines.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{bar.OpenTime},{Price(bar.Open)},{Price(bar.High)},{Price(bar.Low)},{Price(bar.Close)},12.345,{bar.CloseTime},1024635.12345,1000,6.172,512317.56172,0"));
            }
        }

        string[] arguments = ["backtest", "--klines", file, "--symbol", "BTCUSDT", "--timeframe", "1m", "--output", workplace.PathOf("results")];
        var time = await Started.TimeAsync(options.Bot, arguments, workplace.Directory, environment: null, cancellationToken);
        return [Klines / time.TotalSeconds];
    }

    // Time on the core, so that a machine which has other work to do does not make a core slower.
    private static double CpuSince(TimeSpan began) => (ProcFs.CpuTime(Environment.ProcessId) - began).TotalSeconds;

    private static Candle[] Load(IEnumerable<Bar> bars) => [.. bars.Select(bar => bar.ToCandle())];

    private static decimal Price(long tenths) => new((int)tenths, (int)(tenths >> 32), 0, isNegative: false, 1);
}
