namespace ExtGap.Supervisor.Running;

/// <summary>
/// When to read a pipe again. A line of a quiet child is read at once. Who writes line upon line is let write for two milliseconds between two
/// reads: to be woken for each line costs more than the line, on both sides. A pipe that is full is read without a rest.
/// </summary>
internal struct ReadPace
{
    /// <summary>What Linux' pipes hold, in bytes, unless one asks for more.</summary>
    public const int PipeSize = 64 * 1024;

    /// <summary>How long a busy pipe is left alone. Who writes more than 16 MB/s fills the pipe meanwhile, which ends the rests.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(2);

    // A write begins a page of its own where it doesn't fit behind the one before: pages of a full pipe may be but half full.
    private const int FullPipe = PipeSize / 2;

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(10);

    private TimeSpan? _lastRead;
    private TimeSpan _restsUntil;

    /// <summary>Whether the pipe is written as fast as it is read: it should be a wide one, until it is quiet.</summary>
    public bool IsFlood { get; private set; }

    /// <summary>Something was read.</summary>
    /// <param name="length">Bytes, at least 1.</param>
    /// <param name="now">Monotonic.</param>
    public void Add(int length, TimeSpan now)
    {
        var isBusy = now - _lastRead < Quiet;
        var isFull = length >= FullPipe;
        IsFlood = isFull || (IsFlood && isBusy);
        _restsUntil = isBusy && !isFull ? now + Rest : now;
        _lastRead = now;
    }

    /// <summary>For how long it is not to be read; nothing where it may be.</summary>
    public readonly TimeSpan RestAt(TimeSpan now) => _restsUntil > now ? _restsUntil - now : TimeSpan.Zero;
}
