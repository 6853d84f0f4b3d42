using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace ExtGap.Supervisor.Logs;

/// <summary>
/// The file that a log is being written to: opens, appends and rotates it, each exact to the byte whatever the disk does. What it can't do
/// it says by false or a count, never by an exception. Guarded by the log's gate.
/// </summary>
internal sealed class CurrentLogFile
{
    private readonly string _path;
    private readonly int _backups;

    public CurrentLogFile(string path, int backups)
    {
        _path = path;
        _backups = backups;
        Segment = new(null, null, 0);
    }

    public LogSegment Segment { get; private set; }

    /// <summary>Where the unfinished line begins; the file's length where there is none.</summary>
    public long LineStart { get; private set; }

    public bool IsOpen => Segment.Handle is not null;

    /// <summary>The last fault in the system's words.</summary>
    public string? Fault { get; private set; }

    /// <summary>Opens what has the log's name, and makes it where nothing has.</summary>
    public bool TryOpen()
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = OpenFile.ToWrite(_path);
            var length = RandomAccess.GetLength(handle);
            if (EndsWithinLine(handle, length))
            {
                RandomAccess.Write(handle, "\n"u8, length++);
            }

            EnterSegment(new(handle, OpenFile.NameOf(handle), length), length);
            LineStart = length;
            return true;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            Fault = DiskFault.Describe(e);
            handle?.Dispose();
            return false;
        }
    }

    /// <summary>Lets go of a file that is no longer the log.</summary>
    public void Leave()
    {
        EnterSegment(new(null, null, 0), 0);
        LineStart = 0;
    }

    /// <summary>Whether the file has just what was written, and no more.</summary>
    public bool HasItsLength()
    {
        try
        {
            return RandomAccess.GetLength(Segment.Handle!) == Segment.Length;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            return false;
        }
    }

    /// <summary>Whether the file is still the one that has the log's name.</summary>
    public bool IsInPlace() => OpenFile.NameOf(Segment.Handle!) is { } name ? name == Segment.Name : File.Exists(_path);

    /// <summary>Writes at the file's end.</summary>
    /// <returns>How many bytes it took.</returns>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        var written = bytes.Length;
        try
        {
            RandomAccess.Write(Segment.Handle!, bytes, Segment.Length);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            Fault = DiskFault.Describe(e);
            written = WrittenOf(bytes.Length);
        }

        var newline = bytes[..written].LastIndexOf((byte)'\n');
        LineStart = newline < 0 ? LineStart : Segment.Length + newline + 1;
        Segment.Length += written;
        return written;
    }

    /// <summary>Takes the unfinished line back.</summary>
    public void CutUnfinishedLine()
    {
        if (LineStart < Segment.Length && TrySetLength(Segment, LineStart))
        {
            Segment.Length = LineStart;
        }
    }

    /// <summary>Goes on in a new file, which an unfinished line moves to unless it began with this one.</summary>
    public bool TryRotate()
    {
        SafeFileHandle? handle = null;
        try
        {
            LogBackups.Shift(_path, _backups);
            handle = OpenFile.ToWrite(_path);
            var next = new LogSegment(handle, OpenFile.NameOf(handle), RandomAccess.GetLength(handle));
            var start = next.Length;
            var isMoved = LineStart > 0 && start == 0 && TryMoveUnfinishedLine(next);
            LineStart = isMoved ? 0 : next.Length;
            EnterSegment(next, start);
            return true;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            Fault = DiskFault.Describe(e);
            handle?.Dispose();
            return false;
        }
    }

    private void EnterSegment(LogSegment next, long start)
    {
        Segment.ContinueIn(next, start);
        Segment.Release();
        Segment = next;
    }

    // A partial write has no other trace than the file's length.
    private int WrittenOf(int count)
    {
        try
        {
            return (int)Math.Clamp(RandomAccess.GetLength(Segment.Handle!) - Segment.Length, 0, count);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            return 0;
        }
    }

    // A writer that was killed leaves one.
    private static bool EndsWithinLine(SafeFileHandle handle, long length)
    {
        Span<byte> last = stackalloc byte[1];
        return length > 0 && RandomAccess.Read(handle, last, length - 1) == 1 && last[0] != '\n';
    }

    // First there, then no longer here: a kill between the two leaves it twice, never lost. What fails leaves it where it is.
    private bool TryMoveUnfinishedLine(LogSegment next)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (var position = LineStart; position < Segment.Length;)
            {
                var read = RandomAccess.Read(Segment.Handle!, buffer.AsSpan(0, (int)Math.Min(buffer.Length, Segment.Length - position)), position);
                if (read == 0)
                {
                    break;
                }

                RandomAccess.Write(next.Handle!, buffer.AsSpan(0, read), next.Length);
                next.Length += read;
                position += read;
            }
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            Fault = DiskFault.Describe(e);
            next.Length = TrySetLength(next, 0) ? 0 : RandomAccess.GetLength(next.Handle!);
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (LineStart < Segment.Length)
        {
            // Where the old file keeps it, it is there twice, but followers are told it once.
            TrySetLength(Segment, LineStart);
            Segment.Length = LineStart;
        }

        return true;
    }

    private static bool TrySetLength(LogSegment segment, long length)
    {
        try
        {
            RandomAccess.SetLength(segment.Handle!, length);
            return true;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            return false;
        }
    }
}
