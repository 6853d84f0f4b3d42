using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using ExtGap.Bot.Projections;
using ExtGap.Core.Engine;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Backtesting;

/// <summary>
/// Writes what the engine found into the CSV files on a thread of its own, a bounded number of batches behind: writing a gap takes longer than
/// finding it. The files belong to it until it is complete or disposed of.
/// </summary>
internal sealed class ResultWriter : IDisposable
{
    // Small, for what waits in them survives a garbage collection.
    private const int BatchSize = 1024;
    private const int Batches = 2;

    private readonly BlockingCollection<ArraySegment<Result>> _batches = new(Batches);
    private readonly Symbol _symbol;
    private readonly CsvFileWriter _gaps;
    private readonly CsvFileWriter _trades;
    private readonly Thread _thread;
    private Result[] _batch = new Result[BatchSize];
    private int _count;
    private volatile ExceptionDispatchInfo? _error;

    public ResultWriter(Symbol symbol, CsvFileWriter gaps, CsvFileWriter trades)
    {
        _symbol = symbol;
        _gaps = gaps;
        _trades = trades;
        _thread = new(WriteAll) { IsBackground = true, Name = "results" };
        _thread.Start();
    }

    /// <summary>Takes an event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="at">Close time of the candle that caused it.</param>
    /// <exception cref="BotException">An earlier one could not be written.</exception>
    public void Add(EngineEvent happened, Instant at)
    {
        _batch[_count++] = new(happened, at);
        if (_count == BatchSize)
        {
            HandOver();
        }
    }

    /// <summary>Waits until all is in the files.</summary>
    /// <exception cref="BotException">Something could not be written.</exception>
    public void Complete()
    {
        HandOver();
        _batches.CompleteAdding();
        _thread.Join();
        _error?.Throw();
    }

    public void Dispose()
    {
        _batches.CompleteAdding();
        _thread.Join();
        _batches.Dispose();
    }

    private void HandOver()
    {
        _error?.Throw();
        _batches.Add(new(_batch, 0, _count));
        _batch = new Result[BatchSize];
        _count = 0;
    }

    private void WriteAll()
    {
        try
        {
            foreach (var batch in _batches.GetConsumingEnumerable())
            {
                foreach (var result in batch)
                {
                    Write(result);
                }
            }

            _gaps.Flush();
            _trades.Flush();
        }
        catch (IOException e)
        {
            Fail(new BotException(ExitCode.Failure, $"--output: {e.Message.TrimEnd('.')}. Free some space or name another folder; what was there before is as it was.", e));
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private void Fail(Exception error)
    {
        _error = ExceptionDispatchInfo.Capture(error);

        // The rest is taken all the same: whoever waits to hand it over is to go on and be told.
        foreach (var _ in _batches.GetConsumingEnumerable())
        {
        }
    }

    private void Write(Result result)
    {
        switch (result.Happened)
        {
            case EngineEvent.GapDetected { Gap: var gap }:
                CsvFormat.WriteGap(_gaps, _symbol, gap, detectedAt: result.At);
                break;
            case EngineEvent.PositionClosed { Trade: var trade }:
                CsvFormat.WriteTrade(_trades, _symbol, trade);
                break;
            case EngineEvent.EntryExecuted:
                break;
            default:
                throw new InvalidOperationException($"A backtest, which opens no candle ahead of its close, has a {result.Happened.GetType().Name}.");
        }
    }

    private readonly record struct Result(EngineEvent Happened, Instant At);
}
