namespace ExtGap.Supervisor.Logs;

/// <summary>
/// Shows a log on a console, from a thread of its own: a stopped terminal (Ctrl-S), or a pipe that nobody reads, holds up that thread alone.
/// What comes while the queue is full is dropped, and the console is told how much when it takes something again.
/// </summary>
internal sealed class ConsoleCopy : IDisposable
{
    /// <summary>How many messages wait for the console.</summary>
    public const int Capacity = 1000;

    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(1);

    private readonly Queue<string> _messages = new();
    private readonly TextWriter _console;
    private readonly Func<int, string> _tellDropped;
    private readonly Thread _thread;
    private int _dropped;
    private bool _isClosed;

    /// <param name="console">Belongs to the caller.</param>
    /// <param name="tellDropped">What the console is told of so many lines that it was not given.</param>
    public ConsoleCopy(TextWriter console, Func<int, string> tellDropped)
    {
        _console = console;
        _tellDropped = tellDropped;
        _thread = new(Serve, maxStackSize: 256 * 1024) { IsBackground = true, Name = "console" };
        _thread.Start();
    }

    /// <summary>Takes whole lines and returns at once.</summary>
    public void Write(string lines)
    {
        lock (_messages)
        {
            // Until the console has been told of a loss nothing goes behind it: the lines keep their order.
            if (_dropped > 0 || _messages.Count == Capacity)
            {
                _dropped += lines.AsSpan().Count('\n');
                return;
            }

            _messages.Enqueue(lines);
            Monitor.Pulse(_messages);
        }
    }

    /// <summary>Gives the console a second for what waits.</summary>
    public void Dispose()
    {
        lock (_messages)
        {
            _isClosed = true;
            Monitor.Pulse(_messages);
        }

        _thread.Join(LastPatience);
    }

    private void Serve()
    {
        while (Take() is { } lines)
        {
            try
            {
                _console.Write(lines);
                _console.Flush();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The terminal has gone; the file has the lines.
            }
        }
    }

    private string? Take()
    {
        lock (_messages)
        {
            while (true)
            {
                if (_messages.TryDequeue(out var lines))
                {
                    return lines;
                }

                if (_dropped > 0)
                {
                    (var dropped, _dropped) = (_dropped, 0);
                    return _tellDropped(dropped);
                }

                if (_isClosed)
                {
                    return null;
                }

                Monitor.Wait(_messages);
            }
        }
    }
}
