using System.Buffers;

namespace ExtGap.Bot.Projections;

/// <summary>How a CSV file stands to what the ledger gives.</summary>
internal enum CsvVerdict
{
    /// <summary>Byte for byte the same.</summary>
    Same,

    /// <summary>Missing, or cut short: what is there is right, but the end is missing.</summary>
    Torn,

    /// <summary>Something else.</summary>
    Different,
}

/// <summary>Takes what the ledger gives and compares it with a file, without holding either in memory.</summary>
internal sealed class CsvComparison : IBufferWriter<byte>, IDisposable
{
    private readonly FileStream? _file;
    private readonly byte[] _expected = new byte[64 * 1024];
    private readonly byte[] _actual = new byte[64 * 1024];
    private bool _ended;

    public CsvComparison(string path)
    {
        _file = File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;
        _ended = _file is null;
        Verdict = _ended ? CsvVerdict.Torn : CsvVerdict.Same;
    }

    /// <summary>The verdict so far; final after <see cref="Complete"/>.</summary>
    public CsvVerdict Verdict { get; private set; }

    /// <summary>How many bytes the ledger gave.</summary>
    public long Length { get; private set; }

    public Span<byte> GetSpan(int sizeHint = 0) => _expected;

    public Memory<byte> GetMemory(int sizeHint = 0) => _expected;

    public void Advance(int count)
    {
        Length += count;
        if (_ended || Verdict == CsvVerdict.Different)
        {
            return;
        }

        var read = _file!.ReadAtLeast(_actual.AsSpan(0, count), count, throwOnEndOfStream: false);
        var same = _expected.AsSpan(0, count).CommonPrefixLength(_actual.AsSpan(0, read));

        // After a power cut a file may have its length but zeros in place of what was written last.
        if (same < read && _actual.AsSpan(same, read - same).ContainsAnyExcept((byte)0))
        {
            Verdict = CsvVerdict.Different;
        }
        else if (same < count)
        {
            Verdict = RestIsZero() ? CsvVerdict.Torn : CsvVerdict.Different;
            _ended = true;
        }
    }

    /// <summary>Everything was given: a file that has more than that is another one.</summary>
    public void Complete()
    {
        if (!_ended && Verdict == CsvVerdict.Same && _file!.Position < _file.Length)
        {
            Verdict = RestIsZero() ? CsvVerdict.Torn : CsvVerdict.Different;
        }
    }

    public void Dispose() => _file?.Dispose();

    private bool RestIsZero()
    {
        int read;
        while ((read = _file!.Read(_actual)) > 0)
        {
            if (_actual.AsSpan(0, read).ContainsAnyExcept((byte)0))
            {
                return false;
            }
        }

        return true;
    }
}
