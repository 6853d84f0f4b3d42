using System.IO.Compression;
using ExtGap.Core.Market;

namespace ExtGap.KlineFiles;

/// <summary>
/// Reads one kline file in the layout of Binance's public archive: CSV with or without a header, or the .zip as it is published.
/// All of its klines have one timeframe and come in order; a kline that is there twice is read once.
/// </summary>
public sealed class KlineFileReader : IDisposable
{
    private readonly Stream _file;
    private readonly ZipArchive? _archive;
    private readonly LineReader _lines;
    private CandleSequence _sequence;
    private Kline? _first;

    private KlineFileReader(string path, Stream file)
    {
        Path = path;
        Name = System.IO.Path.GetFileName(path);
        _file = file;
        var content = file;
        if (System.IO.Path.GetExtension(path).Equals(".zip", StringComparison.OrdinalIgnoreCase))
        {
            _archive = new ZipArchive(file, ZipArchiveMode.Read);
            var entries = _archive.Entries.Where(e => e.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)).ToList();
            content = entries.Count == 1
                ? entries[0].Open()
                : throw new KlineFileException($"{path}: a zip with one .csv file is needed, this one has {entries.Count}.");
        }

        _lines = new LineReader(content);
    }

    /// <summary>The file's path as it was given.</summary>
    public string Path { get; }

    /// <summary>The file's name without its folder.</summary>
    public string Name { get; }

    /// <summary>The timeframe of its klines.</summary>
    public Timeframe Timeframe { get; private set; }

    /// <summary>Its first kline, which is also the first that <see cref="TryRead"/> gives.</summary>
    public Kline First { get; private set; }

    /// <summary>Size of the file in bytes.</summary>
    public long Length => _file.Length;

    /// <summary>How many of these bytes were read so far.</summary>
    public long Position => _file.Position;

    /// <summary>Opens a file and reads its first kline.</summary>
    /// <exception cref="KlineFileException">The file can't be read, is no kline file or has no kline.</exception>
    public static KlineFileReader Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        FileStream? file = null;
        var opened = false;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            if (!file.CanSeek)
            {
                throw new KlineFileException($"{path}: a file is needed, this is a pipe or a device.");
            }

            var reader = new KlineFileReader(path, file);
            opened = reader.ReadFirst();
            return opened ? reader : throw new KlineFileException($"{path}: there is no kline in it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            throw new KlineFileException($"{path}: it can't be read: {e.Message}", e);
        }
        finally
        {
            if (!opened)
            {
                file?.Dispose();
            }
        }
    }

    /// <summary>Reads the next kline.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="KlineFileException">A line is malformed.</exception>
    public bool TryRead(out Kline kline)
    {
        if (_first is { } first)
        {
            _first = null;
            kline = first;
            return true;
        }

        while (TryParseLine(out kline))
        {
            CheckTimes(kline.Candle);
            switch (_sequence.Classify(kline.Candle.OpenTime))
            {
                case CandleOrder.Next or CandleOrder.Hole:
                    _sequence.Advance(kline.Candle.OpenTime);
                    return true;
                case CandleOrder.Late:
                    throw Fault($"the open time {kline.Candle.OpenTime} is before the line before it");
                default:
                    break;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _archive?.Dispose();
        _file.Dispose();
    }

    private bool ReadFirst()
    {
        if (!TryParseLine(out var first))
        {
            return false;
        }

        var candle = first.Candle;
        if (!Timeframe.TryFromCandle(candle.OpenTime, candle.CloseTime, out var timeframe))
        {
            throw Fault($"a kline from {candle.OpenTime} to {candle.CloseTime} has no timeframe that there is");
        }

        Timeframe = timeframe;
        CheckTimes(candle);
        _sequence = new CandleSequence(timeframe, candle.OpenTime);
        First = first;
        _first = first;
        return true;
    }

    private bool TryParseLine(out Kline kline)
    {
        kline = default;
        try
        {
            while (_lines.TryRead(out var line))
            {
                if (line.IsEmpty || (_lines.Number == 1 && KlineLine.IsHeader(line)))
                {
                    continue;
                }

                return KlineLine.Parse(line, out kline) is { } fault ? throw Fault(fault) : true;
            }

            return false;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new KlineFileException($"{Path}, after line {_lines.Number}: it can't be read on: {e.Message}", e);
        }
    }

    private void CheckTimes(in Candle candle)
    {
        if (candle.CloseTime != Timeframe.CloseTimeOf(candle.OpenTime))
        {
            throw Fault($"the close time {candle.CloseTime} does not end a candle of {Timeframe} that opens at {candle.OpenTime}");
        }

        if (Timeframe.DividesDay && Timeframe.Floor(candle.OpenTime) != candle.OpenTime)
        {
            throw Fault($"no candle of {Timeframe} opens at {candle.OpenTime}");
        }
    }

    private KlineFileException Fault(string what) => new($"{Path}, line {_lines.Number}: {what}.");
}
