using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>A real process of the product, with everything that it says. It does not outlive its test.</summary>
public sealed partial class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> _waiting = [];
    private readonly Task _reading;

    private ChildProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public int Id => _process.Id;

    /// <summary>Every line of stdout and stderr so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts one of the product's executables.</summary>
    public static ChildProcess Start(string executable, params IEnumerable<string> arguments) => Start(executable, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    /// <summary>Starts it with variables in its environment.</summary>
    public static ChildProcess Start(string executable, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Executables.PathOf(executable), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!);
    }

    /// <summary>Waits for a line that contains a text, or finds it among those that were there before.</summary>
    public Task<string> WaitForLineAsync(string text, CancellationToken cancellationToken)
    {
        bool Wanted(string line) => line.Contains(text, StringComparison.Ordinal);
        lock (_lock)
        {
            if (_lines.Find(Wanted) is { } there)
            {
                return Task.FromResult(there);
            }

            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((Wanted, found));
            return found.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Sends a signal: 15 (SIGTERM), 2 (SIGINT), 9 (SIGKILL).</summary>
    public void Signal(int signal) => Assert.Equal(0, kill(_process.Id, signal));

    /// <summary>Writes to its stdin and leaves that open. A child that does not read may have ended meanwhile.</summary>
    public async Task WriteInputAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(bytes, cancellationToken);
            await _process.StandardInput.BaseStream.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            // It has read all that it wanted.
        }
    }

    /// <summary>Ends its stdin, as the death of its supervisor would.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Waits for its end and for its last words.</summary>
    /// <returns>Its exit code; 128 + n where signal n ended it.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await _reading.WaitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop as a supervisor would.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync(CancellationToken cancellationToken)
    {
        Signal(15);
        return WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"process {_process.Id}:\n{string.Join('\n', Lines.TakeLast(40))}");

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lock)
            {
                _lines.Add(line);
                foreach (var (_, found) in _waiting.Where(waiting => waiting.Wanted(line)))
                {
                    found.TrySetResult(line);
                }
            }
        }

        lock (_lock)
        {
            _waiting.ForEach(waiting => waiting.Found.TrySetException(new EndOfStreamException($"It ended without the line: {string.Join('\n', _lines.TakeLast(40))}")));
        }
    }

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
