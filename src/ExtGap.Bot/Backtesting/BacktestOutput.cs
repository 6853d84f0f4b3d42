using System.Buffers;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Projections;
using ExtGap.Core.Engine;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Backtesting;

/// <summary>The two CSV files of a backtest. They appear together, whole, when it has succeeded; a failed one leaves what was there.</summary>
internal sealed class BacktestOutput : IDisposable
{
    private readonly string _gapPath;
    private readonly string _tradePath;
    private readonly CsvFileWriter _gaps;
    private readonly CsvFileWriter _trades;
    private readonly ResultWriter _results;

    /// <exception cref="BotException">The folder is a running bot's, or can't be written.</exception>
    public BacktestOutput(BacktestOptions options)
    {
        var ledger = LedgerFile.PathOf(options.Output, options.Symbol, options.Timeframe);
        if (File.Exists(ledger))
        {
            throw new BotException(ExitCode.Configuration, $"--output: {options.Output} has a bot's ledger ({ledger}), whose CSV files a backtest would replace; name another folder.");
        }

        _gapPath = Path.Combine(options.Output, CsvFormat.GapFileName(options.Symbol, options.Timeframe));
        _tradePath = Path.Combine(options.Output, CsvFormat.TradeFileName(options.Symbol, options.Timeframe));
        try
        {
            Directory.CreateDirectory(options.Output);
            _gaps = Create(_gapPath);
            _trades = Create(_tradePath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _gaps?.Dispose();
            DeletePartials();
            throw new BotException(ExitCode.Configuration, $"--output: {options.Output} can't be written: {e.Message}", e);
        }

        _gaps.Write(CsvFormat.GapHeader);
        _trades.Write(CsvFormat.TradeHeader);
        _results = new(options.Symbol, _gaps, _trades);
    }

    /// <summary>Writes what a candle caused, now or a little later.</summary>
    /// <param name="happened">A gap, an entry or a trade.</param>
    /// <param name="at">Close time of the candle.</param>
    /// <exception cref="BotException">An earlier one could not be written.</exception>
    public void Add(EngineEvent happened, Instant at) => _results.Add(happened, at);

    /// <summary>Writes the rest, and puts the files in their places.</summary>
    /// <returns>Their paths.</returns>
    /// <exception cref="BotException">Something could not be written.</exception>
    public (string Gaps, string Trades) Complete()
    {
        _results.Complete();
        _gaps.Dispose();
        _trades.Dispose();
        File.Move(Partial(_gapPath), _gapPath, overwrite: true);
        File.Move(Partial(_tradePath), _tradePath, overwrite: true);
        return (_gapPath, _tradePath);
    }

    public void Dispose()
    {
        _results.Dispose();
        _gaps.Dispose();
        _trades.Dispose();
        DeletePartials();
    }

    private void DeletePartials()
    {
        foreach (var path in new[] { _gapPath, _tradePath })
        {
            try
            {
                File.Delete(Partial(path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // What made it fail is told; a file that is left over is not worth a second error.
            }
        }
    }

    private static CsvFileWriter Create(string path) => new(new FileStream(Partial(path), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0));

    private static string Partial(string path) => path + ".partial";
}
