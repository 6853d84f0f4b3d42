using System.Diagnostics;
using System.Text;

namespace ExtGap.Measure.Processes;

/// <summary>What a process writes: searched as it comes, at little cost; its beginning and its end are kept.</summary>
internal sealed class Output
{
    private const int Kept = 2000;

    private readonly Lock _gate = new();
    private readonly List<(byte[] Words, TaskCompletionSource<long> Said)> _awaited = [];
    private byte[] _head = [];
    private byte[] _tail = [];

    public Output(params IEnumerable<Stream> streams) => Completion = Task.WhenAll(streams.Select(ReadAsync));

    /// <summary>Ends with the streams.</summary>
    public Task Completion { get; }

    /// <summary>The first that was written.</summary>
    public string Head
    {
        get
        {
            lock (_gate)
            {
                return Encoding.UTF8.GetString(_head);
            }
        }
    }

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

    /// <summary>Tells when words came; those that were among the last count too.</summary>
    public Task<long> WaitForAsync(string words)
    {
        var said = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _awaited.Add((Encoding.UTF8.GetBytes(words), said));
            Look(_tail, Stopwatch.GetTimestamp());
        }

        return said.Task;
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
                _head = _head.Length < Kept ? [.. _head, .. buffer.AsSpan(0, Math.Min(count, Kept))] : _head;
                _tail = _tail[^Math.Min(Kept, _tail.Length)..];
            }
        }
    }

    private void Look(ReadOnlySpan<byte> text, long timestamp)
    {
        for (var i = _awaited.Count - 1; i >= 0; i--)
        {
            if (text.IndexOf(_awaited[i].Words) >= 0)
            {
                _awaited[i].Said.SetResult(timestamp);
                _awaited.RemoveAt(i);
            }
        }
    }
}
