using Microsoft.Win32.SafeHandles;

namespace ExtGap.Supervisor.Logs;

/// <summary>
/// One file's part of what a log says, and the way to the next. It stays open, deleted or not, while somebody holds it or one before it:
/// who reads slowly misses no file. All of it is guarded by the log's gate; only <see cref="Handle"/> may be read from outside, while held.
/// </summary>
internal sealed class LogSegment
{
    private int _holders = 1;

    /// <param name="handle">None where no file can be opened: such a segment is empty.</param>
    /// <param name="name">Where <see cref="OpenFile.NameOf"/> finds it.</param>
    /// <param name="length">What the file has.</param>
    public LogSegment(SafeFileHandle? handle, string? name, long length)
    {
        Handle = handle;
        Name = name;
        Length = length;
    }

    public SafeFileHandle? Handle { get; }

    public string? Name { get; }

    /// <summary>Where it ends, so far or for good.</summary>
    public long Length { get; set; }

    /// <summary>Where the log goes on; none while this is the current file, and after the log's end.</summary>
    public LogSegment? Next { get; private set; }

    /// <summary>Where in <see cref="Next"/> it goes on: behind what that file had before.</summary>
    public long NextPosition { get; private set; }

    public void ContinueIn(LogSegment next, long position)
    {
        next.Hold();
        Next = next;
        NextPosition = position;
    }

    public void Hold() => _holders++;

    public void Release()
    {
        for (var segment = this; segment is not null && --segment._holders == 0; segment = segment.Next)
        {
            segment.Handle?.Dispose();
        }
    }
}
