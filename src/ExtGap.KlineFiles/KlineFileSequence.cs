using ExtGap.Core.Market;

namespace ExtGap.KlineFiles;

/// <summary>Several kline files of one symbol and timeframe as one stream of klines, in time order whatever the order of the files.</summary>
public sealed class KlineFileSequence : IDisposable
{
    private readonly List<KlineFileReader> _files;
    private readonly PriorityQueue<(KlineFileReader File, Kline Kline), Instant> _waiting = new();
    private readonly long _length;
    private KlineFileReader _current;
    private Instant? _last;
    private bool _ended;

    private KlineFileSequence(List<KlineFileReader> files)
    {
        _files = files;
        _length = files.Sum(file => file.Length);
        _current = files[0];
        foreach (var file in files.Skip(1))
        {
            // What a file gives first was read when it was opened.
            file.TryRead(out var first);
            _waiting.Enqueue((file, first), first.Candle.OpenTime);
        }
    }

    /// <summary>The timeframe that the files have in common.</summary>
    public Timeframe Timeframe => _files[0].Timeframe;

    /// <summary>The first kline of all.</summary>
    public Kline First => _files[0].First;

    /// <summary>How much was read so far, 0 to 1.</summary>
    public double Progress => _ended ? 1 : (double)_files.Sum(file => file.Position) / _length;

    /// <summary>Opens the files.</summary>
    /// <exception cref="KlineFileException">One can't be read or is malformed, or their timeframes differ.</exception>
    public static KlineFileSequence Open(IReadOnlyCollection<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0)
        {
            throw new ArgumentException("At least one file is needed.", nameof(paths));
        }

        var files = new List<KlineFileReader>(paths.Count);
        try
        {
            files.AddRange(paths.Select(KlineFileReader.Open));
            files.Sort((a, b) => a.First.Candle.OpenTime.CompareTo(b.First.Candle.OpenTime));
            if (files.Find(file => file.Timeframe != files[0].Timeframe) is { } other)
            {
                throw new KlineFileException(
                    $"{other.Path} has klines of {other.Timeframe}, {files[0].Path} of {files[0].Timeframe}: all files must have one timeframe.");
            }

            return new(files);
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            throw;
        }
    }

    /// <summary>Reads the next kline; where files overlap, each kline once, and where one has a hole, the klines of another that has them.</summary>
    /// <returns>False at the end of the last file.</returns>
    /// <exception cref="KlineFileException">A line is malformed.</exception>
    public bool TryRead(out Kline kline)
    {
        do
        {
            if (_current.TryRead(out var read))
            {
                if (_waiting.Count == 0)
                {
                    kline = read;
                    continue;
                }

                (_current, kline) = _waiting.EnqueueDequeue((_current, read), read.Candle.OpenTime);
            }
            else if (_waiting.TryDequeue(out var other, out _))
            {
                (_current, kline) = other;
            }
            else
            {
                _ended = true;
                kline = default;
                return false;
            }
        }
        while (kline.Candle.OpenTime <= _last);

        _last = kline.Candle.OpenTime;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _files.ForEach(file => file.Dispose());
}
