using System.Runtime.InteropServices;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Supervisor.Running;

/// <summary>One child's stdout or stderr on its way to a sink. Owned by the thread that reads, but for <see cref="Done"/>.</summary>
internal sealed class OutputPipe
{
    // The most that Linux gives anybody who isn't root.
    private const int WidePipe = 1024 * 1024;

    private const int SetPipeSize = 1031;
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int TryAgainOnMac = 35;

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SafeHandle _pipe;
    private readonly IOutputSink _sink;
    private readonly CancellationToken _cancellationToken;
    private ReadPace _pace;

    /// <param name="pipe">The end to read from. It is held until <see cref="Done"/>.</param>
    /// <param name="sink">Takes what is read.</param>
    /// <param name="cancellationToken">Ends it before the pipe does.</param>
    public OutputPipe(SafeHandle pipe, IOutputSink sink, CancellationToken cancellationToken)
    {
        (_pipe, _sink, _cancellationToken) = (pipe, sink, cancellationToken);
        var isHeld = false;
        pipe.DangerousAddRef(ref isHeld);
        Descriptor = (int)pipe.DangerousGetHandle();
    }

    public int Descriptor { get; }

    /// <summary>When the pipe has come to its end and all of it is with the sink; cancelled where that came first.</summary>
    public Task Done => _done.Task;

    public bool IsCancelled => _cancellationToken.IsCancellationRequested;

    /// <summary>For how long it is not to be read, at most <see cref="ReadPace.Rest"/>; nothing where it may be.</summary>
    public TimeSpan RestAt(TimeSpan now) => _pace.RestAt(now);

    /// <summary>Reads once, from a pipe that has something to give or has come to its end.</summary>
    /// <param name="buffer">For the moment; any number of pipes may share it.</param>
    /// <param name="now">On the clock of <see cref="RestAt"/>.</param>
    /// <returns>Whether there may be more.</returns>
    public unsafe bool Read(Span<byte> buffer, TimeSpan now)
    {
        nint length;
        fixed (byte* start = buffer)
        {
            length = LibC.Read(Descriptor, start, (nuint)buffer.Length);
        }

        if (length <= 0)
        {
            return length < 0 && Marshal.GetLastPInvokeError() is Interrupted or TryAgain or TryAgainOnMac;
        }

        _sink.Write(buffer[..(int)length]);
        var wasWide = _pace.IsFlood;
        _pace.Add((int)length, now);
        if (_pace.IsFlood != wasWide && OperatingSystem.IsLinux())
        {
            // Where it fails the pipe is as wide as before. What a user's pipes may have together is limited: they are wide no longer than it serves.
            LibC.ControlDescriptor(Descriptor, SetPipeSize, wasWide ? ReadPace.PipeSize : WidePipe);
        }

        return true;
    }

    /// <summary>Nothing more is read.</summary>
    /// <param name="fault">Why, where it is not the end of the pipe.</param>
    public void Finish(Exception? fault)
    {
        _pipe.DangerousRelease();
        if (fault is not null)
        {
            _done.SetException(fault);
        }
        else if (IsCancelled)
        {
            _done.SetCanceled(_cancellationToken);
        }
        else
        {
            _done.SetResult();
        }
    }
}
