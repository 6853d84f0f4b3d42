using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ExtGap.Supervisor.Logs;

/// <summary>
/// A log that takes whatever a program writes, byte for byte, and keeps it in files of a limited size: <c>x.log</c>, and behind it
/// <c>x.log.1</c> (the newest) to <c>x.log.N</c>. Files are cut between lines; a line longer than a file may be has one of its own, and is
/// cut only at <see cref="RotationRule.LongestLine"/>. Disks may fail: what can't be written is dropped, counted and, as soon as writing
/// works again, told in the log itself. Safe for any number of threads.
/// </summary>
internal sealed class RollingLogFile : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly LastLine _lastLine = new();
    private readonly List<LogFollower> _followers = [];
    private readonly TimeProvider _time;
    private readonly RotationRule _rule;
    private readonly CurrentLogFile _file;
    private readonly string _path;
    private long _lookedAt;
    private bool _rotationFails;
    private bool _isDisposed;
    private long _untold;
    private long _dropped;
    private volatile string? _why;

    /// <summary>Opens the log, or makes it; where that fails each write tries again.</summary>
    /// <param name="path">Absolute path of the newest file.</param>
    /// <param name="maxSize">Bytes after which it is rotated.</param>
    /// <param name="backups">Rotated files that are kept; with none the log begins anew.</param>
    /// <param name="time">For the interval at which the file is looked after.</param>
    public RollingLogFile(string path, long maxSize, int backups, TimeProvider? time = null)
    {
        _path = path;
        _time = time ?? TimeProvider.System;
        _rule = new(maxSize);
        _file = new(path, backups);
        _lookedAt = _time.GetTimestamp();
        TryOpen();
    }

    /// <summary>What was dropped. Never waits, not even for a disk that hangs.</summary>
    public LogLosses Losses => new(Interlocked.Read(ref _dropped), _why);

    /// <summary>The last line that was written since <see cref="MarkStart"/>, finished or not: at most 500 bytes of it, without control characters.</summary>
    public string? LastLine => _lastLine.Find();

    /// <summary>A new process begins: <see cref="LastLine"/> forgets what the one before it wrote.</summary>
    public void MarkStart() => _lastLine.Clear();

    /// <summary>Writes bytes, lines or parts of them. Throws for no fault of a disk or folder.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        _lastLine.Add(bytes);
        lock (_gate)
        {
            if (LookAfterFile() && TellLosses())
            {
                Drop(bytes.Length - Put(bytes));
            }
            else
            {
                Drop(bytes.Length);
            }

            WakeFollowers();
        }
    }

    /// <summary>The last lines, then what is written from now on: see <see cref="LogFollower"/>.</summary>
    /// <param name="lastLines">So many of the lines that are there, backups included.</param>
    /// <param name="cancellationToken">Ends it; it also ends with the log.</param>
    public async IAsyncEnumerable<string> Follow(int lastLines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var follower = AddFollower();
        try
        {
            follower.GoBack(lastLines);
            await foreach (var text in follower.ReadAsync(cancellationToken))
            {
                yield return text;
            }
        }
        finally
        {
            lock (_gate)
            {
                _followers.Remove(follower);
                follower.Release();
            }
        }
    }

    /// <summary>Closes the file; what is written afterwards is dropped.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _ = LookAfterFile() && TellLosses();
            _isDisposed = true;
            _file.Leave();
            foreach (var follower in _followers)
            {
                follower.End();
            }
        }
    }

    /// <summary>Writes what the disk takes, in as many files as the rule wants.</summary>
    /// <returns>How many bytes it took.</returns>
    private int Put(ReadOnlySpan<byte> bytes)
    {
        for (var rest = bytes; !rest.IsEmpty;)
        {
            var count = _rotationFails ? rest.Length : _rule.Take(rest, _file.Segment.Length, _file.LineStart);
            var written = count == 0 ? 0 : _file.Append(rest[..count]);
            rest = rest[written..];
            if (written < count)
            {
                return bytes.Length - rest.Length;
            }

            if (!rest.IsEmpty)
            {
                // Better a file that is too long than a log that stops.
                _rotationFails = !Rotate();
            }
        }

        return bytes.Length;
    }

    private bool Rotate()
    {
        var isRotated = _file.TryRotate();
        foreach (var follower in _followers)
        {
            follower.LeaveBehind(_file.Segment);
        }

        return isRotated;
    }

    /// <summary>Sees to it that the file is the one that has the log's name, as somebody may have moved, deleted or cut it.</summary>
    private bool LookAfterFile()
    {
        if (_isDisposed)
        {
            return false;
        }

        if (!_file.IsOpen)
        {
            return TryOpen();
        }

        var isTime = _time.GetElapsedTime(_lookedAt) >= LookInterval;
        if (isTime)
        {
            _lookedAt = _time.GetTimestamp();
            _rotationFails = false;
        }

        if (_file.HasItsLength() && (!isTime || _file.IsInPlace()))
        {
            return true;
        }

        _file.Leave();
        return TryOpen();
    }

    private bool TryOpen()
    {
        var isOpen = _file.TryOpen();
        _why = isOpen ? _why : _file.Fault;
        return isOpen;
    }

    /// <summary>Writes how much was dropped, on a line of its own.</summary>
    private bool TellLosses()
    {
        if (_untold == 0)
        {
            return true;
        }

        if (_file.LineStart < _file.Segment.Length && _file.Append("\n"u8) == 0)
        {
            return false;
        }

        var line = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[extgap] {_untold:N0} bytes dropped: {_why}\n"));
        if (Put(line) < line.Length)
        {
            _file.CutUnfinishedLine();
            return false;
        }

        _untold = 0;
        return true;
    }

    private void Drop(int count)
    {
        if (count > 0)
        {
            _why = _file.Fault ?? _why;
            _untold += count;
            Interlocked.Add(ref _dropped, count);
        }
    }

    private LogFollower AddFollower()
    {
        lock (_gate)
        {
            var follower = new LogFollower(_gate, _path, _file);
            _followers.Add(follower);
            if (_isDisposed)
            {
                follower.End();
            }

            return follower;
        }
    }

    private void WakeFollowers()
    {
        foreach (var follower in _followers)
        {
            follower.Wake();
        }
    }
}
