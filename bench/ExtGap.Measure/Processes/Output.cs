using System.Diagnostics;
using System.Text;

namespace ExtGap.Measure.Processes;

/// <summary>What a process writes: searched as it comes, at little cost, and kept to its end.</summary>
internal sealed class Output
{
    private const int Kept = 2000;

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<long> _said = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[]? _words;
    private byte[] _tail = [];

    public Output(params IEnumerable<Stream> streams) => Completion = Task.WhenAll(streams.Select(ReadAsync));

    /// <summary>Ends with the streams.</summary>
    public Task Completion { get; }

    /// <summary>The last that was written.</summary>
    public string Tail
    {
        get
        {
            lock (_gate)
            {
                return Encoding.UTF8.GetString(_tail).Trim();
            }
        }
    }

    /// <summary>Tells when words came; to be asked once.</summary>
    public Task<long> WaitForAsync(string words)
    {
        lock (_gate)
        {
            _words = Encoding.UTF8.GetBytes(words);
            Look(_tail);
        }

        return _said.Task;
    }

    private async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[1 << 16];
        while (await stream.ReadAsync(buffer) is var count and > 0)
        {
            var timestamp = Stopwatch.GetTimestamp();
            lock (_gate)
            {
                // Words may lie across two pieces.
                _tail = [.. _tail.AsSpan(Math.Max(0, _tail.Length - Kept)), .. buffer.AsSpan(0, count)];
                Look(_tail, timestamp);
                _tail = _tail[^Math.Min(Kept, _tail.Length)..];
            }
        }
    }

    private void Look(ReadOnlySpan<byte> text, long timestamp = 0)
    {
        if (_words is not null && !_said.Task.IsCompleted && text.IndexOf(_words) >= 0)
        {
            _said.TrySetResult(timestamp == 0 ? Stopwatch.GetTimestamp() : timestamp);
        }
    }
}
