using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using ExtGap.Core.Market;
using ExtGap.KlineFiles;

namespace ExtGap.Bot.Backtesting;

/// <summary>
/// Reads kline files on a thread of its own, a bounded number of batches ahead: reading takes about as long as what is done with the candles.
/// The files belong to it until it is disposed of.
/// </summary>
internal sealed class CandleReadAhead : IDisposable
{
    private const int BatchCandles = 8192;
    private const int Batches = 3;

    private readonly KlineFileSequence _klines;
    private readonly BlockingCollection<Batch> _free = [];
    private readonly BlockingCollection<Batch> _read = [];
    private readonly CancellationTokenSource _stop;
    private readonly Thread _reader;
    private ExceptionDispatchInfo? _error;
    private Batch? _taken;

    /// <param name="klines">The files.</param>
    /// <param name="cancellationToken">Breaks off the waiting for candles.</param>
    public CandleReadAhead(KlineFileSequence klines, CancellationToken cancellationToken)
    {
        _klines = klines;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        for (var i = 0; i < Batches; i++)
        {
            _free.Add(new(), CancellationToken.None);
        }

        _reader = new(ReadAll) { IsBackground = true, Name = "klines" };
        _reader.Start();
    }

    /// <summary>Reads the next candles, which are good until the next call.</summary>
    /// <param name="candles">One or more, in order.</param>
    /// <param name="progress">How much of the files was read with them, 0 to 1.</param>
    /// <returns>False at the end of the last file.</returns>
    /// <exception cref="KlineFileException">The line after the last candle is malformed.</exception>
    public bool TryRead(out ReadOnlySpan<Candle> candles, out double progress)
    {
        if (_taken is { } taken)
        {
            _free.Add(taken);
        }

        if (!_read.TryTake(out _taken, Timeout.Infinite, _stop.Token))
        {
            _error?.Throw();
            candles = default;
            progress = 1;
            return false;
        }

        candles = _taken.Candles.AsSpan(0, _taken.Count);
        progress = _taken.Progress;
        return true;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _reader.Join();
        _stop.Dispose();
        _free.Dispose();
        _read.Dispose();
    }

    private void ReadAll()
    {
        try
        {
            while (_free.Take(_stop.Token) is var batch && Fill(batch))
            {
                _read.Add(batch);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Nobody wants any more.
        }
        catch (Exception e)
        {
            _error = ExceptionDispatchInfo.Capture(e);
        }
        finally
        {
            _read.CompleteAdding();
        }
    }

    private bool Fill(Batch batch)
    {
        batch.Count = 0;
        try
        {
            while (batch.Count < BatchCandles && _klines.TryRead(out var kline))
            {
                batch.Candles[batch.Count++] = kline.Candle;
            }
        }
        catch when (batch.Count > 0)
        {
            // What comes before the fault goes first; the fault is told when it is asked for what comes after it.
            batch.Progress = _klines.Progress;
            _read.Add(batch);
            throw;
        }

        batch.Progress = _klines.Progress;
        return batch.Count > 0;
    }

    private sealed class Batch
    {
        public Candle[] Candles { get; } = new Candle[BatchCandles];

        public int Count { get; set; }

        public double Progress { get; set; }
    }
}
