using System.Collections.Concurrent;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Supervisor.Running;

/// <summary>
/// The one thread that reads what all children write. It waits in poll(2) and reads into one buffer: a line costs one wake-up, and a child no
/// memory, where asynchronous reads wake two threads for each and are woken by each write even while nobody reads.
/// </summary>
internal sealed class OutputReader
{
    private const int BufferSize = 256 * 1024;

    private static readonly Lazy<OutputReader> Shared = new(Begin);

    private readonly ConcurrentQueue<OutputPipe> _arrivals = new();
    private readonly List<OutputPipe> _pipes = [];
    private readonly List<OutputPipe> _polled = [];
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferSize, pinned: true);
    private readonly AnonymousPipeServerStream _changes;
    private readonly int _changesRead;
    private readonly int _changesWrite;
    private LibC.PollEntry[] _entries = new LibC.PollEntry[16];

    private OutputReader(AnonymousPipeServerStream changes)
    {
        _changes = changes;
        _changesRead = (int)changes.SafePipeHandle.DangerousGetHandle();
        _changesWrite = (int)changes.ClientSafePipeHandle.DangerousGetHandle();
    }

    private static TimeSpan Now => TimeProvider.System.GetElapsedTime(0);

    /// <summary>Copies a pipe to a sink until its end. The sink is called on the thread that reads all pipes.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled before the end.</exception>
    /// <exception cref="IOException">The system has no more descriptors.</exception>
    public static async Task CopyAsync(SafeHandle pipe, IOutputSink sink, CancellationToken cancellationToken)
    {
        var reader = Shared.Value;
        var output = new OutputPipe(pipe, sink, cancellationToken);
        reader._arrivals.Enqueue(output);
        reader.Wake();
        await using var registration = cancellationToken.UnsafeRegister(static reader => ((OutputReader)reader!).Wake(), reader);
        await output.Done;
    }

    private static OutputReader Begin()
    {
        // It tells the thread that something has come or is cancelled.
        var reader = new OutputReader(new(PipeDirection.In, HandleInheritability.None));
        new Thread(reader.Serve, maxStackSize: 256 * 1024) { IsBackground = true, Name = "output" }.Start();
        return reader;
    }

    private unsafe void Wake()
    {
        byte any = 0;
        LibC.Write(_changesWrite, &any, 1);
    }

    private unsafe void Serve()
    {
        while (true)
        {
            var timeout = SelectPipes();
            int ready;
            fixed (LibC.PollEntry* start = _entries)
            {
                ready = LibC.Poll(start, (nuint)_polled.Count + 1, timeout);
            }

            for (var i = 0; ready > 0 && i < _polled.Count; i++)
            {
                if (_entries[i + 1].Happened != 0)
                {
                    Read(_polled[i]);
                }
            }

            if (ready > 0 && _entries[0].Happened != 0)
            {
                TakeChanges();
            }
        }
    }

    /// <returns>Milliseconds until another pipe has had its rest; -1 where none rests.</returns>
    private int SelectPipes()
    {
        _polled.Clear();
        if (_entries.Length <= _pipes.Count)
        {
            _entries = new LibC.PollEntry[_pipes.Count * 2];
        }

        _entries[0] = new(_changesRead);
        var now = Now;
        var shortest = TimeSpan.MaxValue;
        foreach (var pipe in _pipes)
        {
            var rest = pipe.RestAt(now);
            if (rest == TimeSpan.Zero)
            {
                _polled.Add(pipe);
                _entries[_polled.Count] = new(pipe.Descriptor);
            }
            else if (rest < shortest)
            {
                shortest = rest;
            }
        }

        return shortest == TimeSpan.MaxValue ? -1 : (int)Math.Ceiling(shortest.TotalMilliseconds);
    }

    private void Read(OutputPipe pipe)
    {
        Exception? fault = null;
        try
        {
            if (pipe.Read(_buffer, Now))
            {
                return;
            }
        }
        catch (Exception e)
        {
            // It belongs to whoever waits for the pipe; the thread must never end.
            fault = e;
        }

        _pipes.Remove(pipe);
        pipe.Finish(fault);
    }

    private unsafe void TakeChanges()
    {
        // More than one wish to be heard is as good as one.
        fixed (byte* start = _buffer)
        {
            LibC.Read(_changesRead, start, BufferSize);
        }

        while (_arrivals.TryDequeue(out var arrival))
        {
            _pipes.Add(arrival);
        }

        foreach (var pipe in _pipes.FindAll(pipe => pipe.IsCancelled))
        {
            _pipes.Remove(pipe);
            pipe.Finish(fault: null);
        }
    }
}
