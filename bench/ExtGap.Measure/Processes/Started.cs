using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ExtGap.Measure.Processes;

/// <summary>A process that was started to be measured. What it says is read, so that it never waits, and its first and last lines are kept.</summary>
internal sealed partial class Started : IAsyncDisposable
{
    private const int Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Output _output;

    private Started(Process process, long timestamp)
    {
        _process = process;
        Timestamp = timestamp;
        _output = new(process.StandardOutput.BaseStream, process.StandardError.BaseStream);
    }

    public int Pid => _process.Id;

    /// <summary>The first that it said.</summary>
    public string Head => _output.Head;

    /// <summary>The last that it said.</summary>
    public string Tail => _output.Tail;

    /// <summary>When it was started, on <see cref="Stopwatch"/>'s clock.</summary>
    public long Timestamp { get; }

    public static Started Run(string command, IEnumerable<string> arguments, string directory, IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            info.Environment[name] = value;
        }

        var timestamp = Stopwatch.GetTimestamp();
        return new(Process.Start(info) ?? throw new InvalidOperationException($"{command} did not start."), timestamp);
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>How long that took, from the start to the end.</returns>
    /// <exception cref="InvalidOperationException">Its exit code is another one.</exception>
    public static async Task<TimeSpan> TimeAsync(
        string command, IEnumerable<string> arguments, string directory, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken, int exitCode = 0)
    {
        await using var process = Run(command, arguments, directory, environment);
        await process._process.WaitForExitAsync(cancellationToken);
        var time = Stopwatch.GetElapsedTime(process.Timestamp);
        await process._output.Completion;
        return process._process.ExitCode == exitCode ? time : throw process.Fault($"ended with {process._process.ExitCode}");
    }

    /// <summary>Waits until it says something.</summary>
    /// <param name="words">Words in its output.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it had, on <see cref="Stopwatch"/>'s clock.</returns>
    public async Task<long> SaysAsync(string words, CancellationToken cancellationToken)
    {
        var said = _output.WaitForAsync(words);
        var exit = _process.WaitForExitAsync(cancellationToken);
        if (await Task.WhenAny(said, exit) == exit)
        {
            await exit;
            await Task.WhenAny(said, _output.Completion);
        }

        return said.IsCompletedSuccessfully ? await said : throw Fault($"never said '{words}'");
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> StopAsync()
    {
        var began = Stopwatch.GetTimestamp();
        if (!_process.HasExited)
        {
            _ = Kill(Pid, Terminate);
            using var patience = new CancellationTokenSource(Patience);
            await _process.WaitForExitAsync(patience.Token);
        }

        return Stopwatch.GetElapsedTime(began);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private InvalidOperationException Fault(string what) => new($"{Path.GetFileName(_process.StartInfo.FileName)} {what}: {_output.Tail}");

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
