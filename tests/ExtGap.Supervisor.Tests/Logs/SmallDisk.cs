using System.Diagnostics;
using System.Globalization;

namespace ExtGap.Supervisor.Tests.Logs;

/// <summary>
/// A disk of a few blocks that only a process of its own has mounted, and that this one reaches through that process's root: nothing is
/// mounted for the machine, and no right is needed where users may have namespaces.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    public const string Missing = "this machine lets nobody mount a disk in a namespace of its own (unshare -m, unshare -rm)";

    // Root keeps its identity; anybody else becomes root of a namespace of users.
    private const string Script = """
        exec unshare $([ "$(id -u)" = 0 ] && echo -m || echo -rm) /bin/sh -ec 'mount -t tmpfs -o size="$1" extgap "$0"; echo mounted; exec cat' "$0" "$1"
        """;

    private readonly DirectoryInfo _mountPoint;
    private readonly Process _process;

    private SmallDisk(DirectoryInfo mountPoint, Process process)
    {
        _mountPoint = mountPoint;
        _process = process;
        Path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/root{mountPoint.FullName}");
    }

    public string Path { get; }

    public string Log => System.IO.Path.Combine(Path, "x.log");

    /// <summary>Mounts one; none where the machine doesn't allow it.</summary>
    public static async Task<SmallDisk?> MountAsync(string size, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var mountPoint = Directory.CreateTempSubdirectory("extgap-disk-");
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, mountPoint.FullName, size])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var disk = new SmallDisk(mountPoint, Process.Start(start)!);
        if (await disk._process.StandardOutput.ReadLineAsync(cancellationToken) == "mounted")
        {
            return disk;
        }

        disk.Dispose();
        return null;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _mountPoint.Delete();
    }
}
