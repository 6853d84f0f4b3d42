using ExtGap.Core.Engine;
using ExtGap.Core.Market;
using ExtGap.KlineFiles;

namespace ExtGap.Bot.Backtesting;

/// <summary>Runs the engine over kline files, from the first kline to the last, and writes both CSV files.</summary>
internal sealed class Backtest : ICandleSink
{
    private readonly BacktestOptions _options;
    private readonly StrategyEngine _engine;
    private readonly BacktestOutput _output;
    private readonly List<EngineEvent> _events = [];
    private Instant? _first;
    private Instant _end;

    private Backtest(BacktestOptions options, BacktestOutput output)
    {
        _options = options;
        _engine = new(options.Strategy.Algorithm, options.Strategy.Trading);
        _output = output;
    }

    /// <summary>Runs it.</summary>
    /// <param name="options">What to run over.</param>
    /// <param name="time">Measures how long it takes.</param>
    /// <param name="progress">Is told now and then how much is done, 0 to 1.</param>
    /// <param name="cancellationToken">Gives up; no file is changed then.</param>
    /// <exception cref="KlineFileException">A file can't be read or is malformed.</exception>
    /// <exception cref="BotException">The output can't be written, or the timeframe can't be built from the files.</exception>
    public static BacktestSummary Run(BacktestOptions options, TimeProvider time, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var klines = KlineFileSequence.Open(options.Klines);
        if (!options.Timeframe.CanBeBuiltFrom(klines.Timeframe))
        {
            throw new BotException(
                ExitCode.Configuration,
                $"--timeframe: candles of {options.Timeframe} can't be built from klines of {klines.Timeframe}; name files of a timeframe that divides it, such as {options.Timeframe.Source} or 1m.");
        }

        using var output = new BacktestOutput(options);
        var backtest = new Backtest(options, output);
        var read = backtest.Play(klines, progress, cancellationToken);
        var files = output.Complete();
        return backtest.Summarize(read, klines.Timeframe, files, time.GetElapsedTime(started));
    }

    void ICandleSink.CandleOpened(Instant openTime, Price open)
    {
        // The closed candle implies it.
    }

    void ICandleSink.CandleClosed(in Candle candle)
    {
        _first ??= candle.OpenTime;
        _end = candle.CloseTime;
        _engine.CandleClosed(candle, _events);
        foreach (var happened in _events)
        {
            _output.Add(happened, candle.CloseTime);
        }

        _events.Clear();
    }

    private long Play(KlineFileSequence klines, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var aggregator = new CandleAggregator(klines.Timeframe, _options.Timeframe);
        long read = 0;
        using var ahead = new CandleReadAhead(klines, cancellationToken);
        while (ahead.TryRead(out var candles, out var done))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ref readonly var candle in candles)
            {
                aggregator.SourceClosed(candle, this);
            }

            read += candles.Length;
            progress.Report(done);
        }

        return read;
    }

    private BacktestSummary Summarize(long klineCount, Timeframe source, (string Gaps, string Trades) files, TimeSpan duration) => new()
    {
        Symbol = _options.Symbol,
        Timeframe = _options.Timeframe,
        Source = source,
        KlineCount = klineCount,
        CandleCount = _engine.CandleCount,
        First = _first,
        Last = _first is null ? null : _end,
        Gaps = _engine.Gaps,
        Trader = _engine.Trader,
        Duration = duration,
        GapFile = files.Gaps,
        TradeFile = files.Trades,
    };
}
