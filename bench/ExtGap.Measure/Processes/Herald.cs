using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace ExtGap.Measure.Processes;

/// <summary>A named pipe into which children write a line each, so that it is the child itself that says when it lives.</summary>
internal sealed partial class Herald : IDisposable
{
    private const uint ForTheOwner = 0x180;

    private readonly Channel<Word> _words = Channel.CreateUnbounded<Word>();
    private readonly FileStream _pipe;
    private readonly Thread _reader;

    public Herald(string path)
    {
        Path = path;
        if (MakePipe(path, ForTheOwner) != 0)
        {
            throw new IOException($"{path}: no named pipe can be made.");
        }

        // Open for both, it never ends where no child has it open.
        _pipe = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();
    }

    public string Path { get; }

    /// <summary>The next line, with the time at which it was read.</summary>
    public async Task<Word> NextAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(120));
        return await _words.Reader.ReadAsync(patience.Token);
    }

    public void Dispose()
    {
        _words.Writer.TryComplete();
        _pipe.Write("end\n"u8);
        _reader.Join();
        _pipe.Dispose();
    }

    private void Read()
    {
        var buffer = new byte[4096];
        var line = new List<byte>();
        while (_pipe.Read(buffer) is var count and > 0)
        {
            var timestamp = Stopwatch.GetTimestamp();
            foreach (var one in buffer.AsSpan(0, count))
            {
                if (one != '\n')
                {
                    line.Add(one);
                }
                else if (!_words.Writer.TryWrite(new(Encoding.UTF8.GetString([.. line]), timestamp)))
                {
                    return;
                }
                else
                {
                    line.Clear();
                }
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);
}

/// <summary>What a child said.</summary>
/// <param name="Text">A line.</param>
/// <param name="Timestamp">When it came, on <see cref="Stopwatch"/>'s clock.</param>
internal readonly record struct Word(string Text, long Timestamp);
