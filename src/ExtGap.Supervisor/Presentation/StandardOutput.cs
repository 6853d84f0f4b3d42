using System.Runtime.InteropServices;

namespace ExtGap.Supervisor.Presentation;

/// <summary>Nobody reads the output any longer: the verb has nothing left to do.</summary>
internal sealed class OutputClosedException() : IOException("Nobody reads the output.");

/// <summary>
/// Standard output that says when its reader has gone. The console's own stream drops what a closed pipe does not take and goes on, so
/// <c>extgap logs -f 3m | head</c> would follow the log for ever; a file stream would write to places of its own in a file that others
/// write to as well (<c>&gt; all.log 2&gt;&amp;1</c>).
/// </summary>
internal sealed partial class StandardOutput : Stream
{
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int BrokenPipe = 32;
    private const short Writable = 4;
    private const nuint GetWindowSize = 0x5413;

    private readonly int _descriptor;

    /// <param name="descriptor">1 for stdout, 2 for stderr.</param>
    public StandardOutput(int descriptor) => _descriptor = descriptor;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Columns of the terminal; 0 where there is none or it does not tell.</summary>
    public int Columns
    {
        get
        {
            // The console's own answer sets the terminal up for reading keys first, which stops a process in the background.
            if (OperatingSystem.IsLinux())
            {
                var size = default(WindowSize);
                return AskSize(_descriptor, GetWindowSize, ref size) == 0 ? size.Columns : 0;
            }

            // Elsewhere the call passes its third argument in another way than this one would.
            return Console.WindowWidth;
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = WriteSome(_descriptor, buffer, buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted:
                    break;
                case TryAgain:
                    // Another process has made the terminal or pipe that both share non-blocking.
                    var wait = new PollEntry { Descriptor = _descriptor, Events = Writable };
                    _ = Poll(ref wait, 1, -1);
                    break;
                case BrokenPipe:
                    throw new OutputClosedException();
                case var error:
                    throw new IOException($"The output can't be written: {Marshal.GetPInvokeErrorMessage(error)}.");
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteSome(int descriptor, ReadOnlySpan<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollEntry entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int AskSize(int descriptor, nuint request, ref WindowSize size);

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
