using System.Diagnostics;
using ExtGap.Measure.Processes;

namespace ExtGap.Measure.Supervisors;

/// <summary>A supervisor of processes, run in a folder of its own.</summary>
internal abstract class Supervisor(string directory) : IAsyncDisposable
{
    /// <summary>Bytes after which a log is rotated, and how many it keeps behind it: for all alike.</summary>
    public const int LogBytes = 10_000_000;

    public const int LogBackups = 3;

    /// <summary>Where all its files are.</summary>
    public string Directory { get; } = directory;

    /// <summary>The process that supervises.</summary>
    public abstract int Pid { get; }

    /// <summary>Starts it with these children.</summary>
    /// <returns>When its start was asked for, on <see cref="Stopwatch"/>'s clock.</returns>
    public abstract Task<long> StartAsync(IReadOnlyList<Child> children, CancellationToken cancellationToken);

    /// <summary>Asks for the status of all children.</summary>
    /// <returns>How long the command took.</returns>
    public abstract Task<TimeSpan> AskStatusAsync(CancellationToken cancellationToken);

    /// <summary>Stops all children and the supervisor.</summary>
    /// <returns>How long that took.</returns>
    public abstract Task<TimeSpan> StopAsync();

    /// <summary>A child's log of stdout, the oldest file first.</summary>
    public abstract IReadOnlyList<string> LogFiles(string child);

    public abstract ValueTask DisposeAsync();

    /// <summary>The files that there are of a log that counts its backups: <c>x.log.3</c> before <c>x.log</c>.</summary>
    protected static IReadOnlyList<string> Rotated(string path) =>
        [.. Enumerable.Range(1, LogBackups).Reverse().Select(number => $"{path}.{number}").Append(path).Where(File.Exists)];
}

/// <summary>A program to be supervised.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Command">Absolute path of its executable.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="IsRestarted">Whether it is started again when it ends.</param>
internal sealed record Child(string Name, string Command, IReadOnlyList<string> Arguments, bool IsRestarted = true)
{
    /// <summary>A child that says its name and pid, and then does nothing.</summary>
    public static Child ThatSays(string name, Herald herald) =>
        new(name, "/bin/sh", ["-c", $"echo {name} $$ > {herald.Path}; exec sleep 1000000"]);

    /// <summary>A child that writes a line of 100 bytes each second.</summary>
    public static Child ThatChats(string name) =>
        new(name, "/bin/sh", ["-c", $"while :; do echo {new string('x', 99)}; sleep 1; done"]);
}
