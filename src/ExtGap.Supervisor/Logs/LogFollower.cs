using System.Buffers;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ExtGap.Supervisor.Logs;

/// <summary>
/// Reads a log while it is written: whole lines, each once, in texts of at most <see cref="MaxText"/> bytes without the last newline. A longer
/// line comes in pieces; an unfinished one waits. It reads the files that the log holds open for it, so rotation and deletion take nothing
/// from it. Who reads slowly slows nobody: at <see cref="MaxLag"/> bytes behind in old files it is moved to the current one, and told so.
/// </summary>
internal sealed class LogFollower
{
    /// <summary>Bytes in one text.</summary>
    public const int MaxText = 64 * 1024;

    /// <summary>Bytes in rotated files that are kept for somebody who hasn't read them.</summary>
    public const long MaxLag = 64 * 1024 * 1024;

    /// <summary>Rotated files that are kept so.</summary>
    public const int MaxFiles = 256;

    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate;
    private readonly List<LogPart> _backups = [];

    // The gate guards these.
    private LogSegment _segment;
    private long _position;
    private long _skipped;
    private volatile bool _isEnded;

    /// <summary>Begins at the unfinished line, or where the next one will begin. The caller holds the gate.</summary>
    public LogFollower(Lock gate, string path, CurrentLogFile file)
    {
        _gate = gate;
        _segment = file.Segment;
        _segment.Hold();
        _position = file.LineStart;
        try
        {
            _ = file.IsOpen || LogTail.TryAdd(path, _backups);
            LogTail.OpenBackups(path, _backups);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            // What can't be opened can't be read; the newer ones can.
        }
    }

    /// <summary>Begins so many lines earlier.</summary>
    public void GoBack(int lines)
    {
        LogSegment current;
        long end;
        lock (_gate)
        {
            (current, end) = (_segment, _position);
            current.Hold();
        }

        List<LogPart> parts = current.Handle is null ? [.. _backups] : [new(current.Handle, end), .. _backups];
        var (part, position) = (-1, 0L);
        try
        {
            (part, position) = LogTail.FindStart(parts, lines);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            // Then what comes from now on must do.
        }

        var first = part - (parts.Count - _backups.Count);
        lock (_gate)
        {
            if (_segment != current)
            {
                // Left behind meanwhile.
                first = -1;
            }
            else if (first < 0)
            {
                _position = part < 0 ? _position : position;
            }
            else
            {
                GoBackTo(first, position);
            }

            LogTail.Close(_backups.Skip(first + 1));
            _backups.Clear();
            current.Release();
        }
    }

    /// <summary>The texts; ends with the log.</summary>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxText);
        try
        {
            while (true)
            {
                // Before looking: what is written from here on wakes again.
                _wakeUps.Reader.TryRead(out _);
                cancellationToken.ThrowIfCancellationRequested();
                var isEnded = _isEnded;
                if (ReadNext(buffer.AsSpan(0, MaxText)) is { } text)
                {
                    yield return text;
                }
                else if (isEnded)
                {
                    yield break;
                }
                else
                {
                    await _wakeUps.Reader.WaitToReadAsync(cancellationToken);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Wake() => _wakeUps.Writer.TryWrite(true);

    /// <summary>The log has ended. The caller holds the gate.</summary>
    public void End()
    {
        _isEnded = true;
        Wake();
    }

    /// <summary>The log has been rotated: who is too far behind goes on in the new file. The caller holds the gate.</summary>
    public void LeaveBehind(LogSegment current)
    {
        var (lag, files, position) = (0L, 0, _position);
        var segment = _segment;
        for (; segment != current && segment.Next is { } next; segment = next)
        {
            lag += segment.Length - position;
            position = segment.NextPosition;
            files++;
        }

        if (segment == current && (lag > MaxLag || files > MaxFiles))
        {
            _skipped += lag;
            Enter(current, position);
        }
    }

    /// <summary>Lets go of everything. The caller holds the gate.</summary>
    public void Release()
    {
        _segment.Release();
        LogTail.Close(_backups);
    }

    /// <summary>The next text; none where there is none yet.</summary>
    private string? ReadNext(Span<byte> buffer)
    {
        while (true)
        {
            LogSegment segment;
            long position;
            long length;
            bool isFinal;
            lock (_gate)
            {
                if (_skipped > 0)
                {
                    var told = $"[extgap] {_skipped:N0} bytes skipped: they were written faster than they were read";
                    _skipped = 0;
                    return told;
                }

                while (_position >= _segment.Length && _segment.Next is { } next)
                {
                    // Behind its end where part of an unfinished line was read that moved to the next file.
                    Enter(next, _segment.NextPosition + (_position - _segment.Length));
                }

                (segment, position, length, isFinal) = (_segment, _position, _segment.Length, _segment.Next is not null);
                if (position >= length)
                {
                    return null;
                }

                segment.Hold();
            }

            var (text, count) = FollowedText.Read(segment.Handle!, buffer, position, length, isFinal);
            lock (_gate)
            {
                segment.Release();
                if (_segment == segment && _position == position)
                {
                    _position += count;
                    if (text is not null || count == 0)
                    {
                        return text;
                    }
                }
            }
        }
    }

    /// <summary>Puts the backups before the current file. The caller holds the gate.</summary>
    private void GoBackTo(int backup, long position)
    {
        var next = _segment;
        for (var i = 0; i <= backup; i++)
        {
            var segment = new LogSegment(_backups[i].Handle, null, _backups[i].Length);
            segment.ContinueIn(next, 0);
            next.Release();
            next = segment;
        }

        (_segment, _position) = (next, position);
    }

    private void Enter(LogSegment segment, long position)
    {
        segment.Hold();
        _segment.Release();
        (_segment, _position) = (segment, position);
    }
}
