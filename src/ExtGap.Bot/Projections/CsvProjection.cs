using System.Buffers;
using ExtGap.Core.Market;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Projections;

/// <summary>
/// A CSV file that follows from the ledger. At the start it is compared with what the ledger gives: one that is missing or cut short is
/// written anew, one that is something else is kept under another name. The same happens whenever somebody has changed it meanwhile.
/// </summary>
internal sealed class CsvProjection
{
    private readonly string _path;
    private readonly Action<IBufferWriter<byte>> _writeAll;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private long? _length;

    /// <param name="path">The file.</param>
    /// <param name="writeAll">Writes the file's whole content, header and all, from the ledger.</param>
    /// <param name="time">Names the files that are kept.</param>
    /// <param name="log">Where it is told.</param>
    public CsvProjection(string path, Action<IBufferWriter<byte>> writeAll, TimeProvider time, ILogger log)
    {
        _path = path;
        _writeAll = writeAll;
        _time = time;
        _log = log;
    }

    /// <summary>Makes the file what the ledger gives.</summary>
    public void Synchronize() => Guard(() =>
    {
        if (Directory.Exists(_path))
        {
            KeepAside();
        }

        using (var comparison = new CsvComparison(_path))
        {
            _writeAll(comparison);
            comparison.Complete();
            if (comparison.Verdict == CsvVerdict.Same)
            {
                _length = comparison.Length;
                return;
            }

            if (comparison.Verdict == CsvVerdict.Different)
            {
                KeepAside();
            }
        }

        Rewrite();
    });

    /// <summary>Adds rows that the ledger has just committed.</summary>
    public void Append(ReadOnlySpan<byte> rows)
    {
        if (!IsAsWritten())
        {
            Synchronize();
            return;
        }

        try
        {
            using var stream = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            stream.Write(rows);
            _length += rows.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _length = null;
            _log.CsvFailed(_path, e.Message);
        }
    }

    /// <summary>Writes the file anew where the ledger has changed a row in it.</summary>
    public void Replace()
    {
        if (IsAsWritten())
        {
            Guard(Rewrite);
        }
        else
        {
            Synchronize();
        }
    }

    // What somebody has put into the file meanwhile must not be written over.
    private bool IsAsWritten() => _length is { } length && new FileInfo(_path) is { Exists: true } file && file.Length == length;

    private void Rewrite()
    {
        var partial = _path + ".partial";
        using (var writer = new CsvFileWriter(new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0)))
        {
            _writeAll(writer);
            writer.Flush();
        }

        File.Move(partial, _path, overwrite: true);
        _length = new FileInfo(_path).Length;
    }

    private void KeepAside()
    {
        var kept = KeptFiles.NameFor(_path, _time);
        if (Directory.Exists(_path))
        {
            Directory.Move(_path, kept);
        }
        else
        {
            File.Move(_path, kept);
        }

        _log.CsvKept(_path, kept);
    }

    // A CSV file that can't be written must not stop the strategy: the ledger has it all, and the next rows try again.
    private void Guard(Action action)
    {
        try
        {
            _length = null;
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _log.CsvFailed(_path, e.Message);
        }
    }
}
