namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>Small disks that only one process sees: tmpfs in a mount namespace of its own. Not every machine lets a user have that.</summary>
public static class PrivateMounts
{
    public const string Missing = "this machine lets nobody mount a disk in a namespace of its own (unshare -m, unshare -rm)";

    private const string Shell = "/bin/sh";

    // Root keeps its identity; anybody else becomes root of a namespace of users.
    private const string Unshare = "exec unshare $([ \"$(id -u)\" = 0 ] && echo -m || echo -rm) /bin/sh -ec \"$0\" \"$@\"";

    /// <summary>Runs a shell script in which mounts are private; its arguments are <c>$0</c>, <c>$1</c>, ….</summary>
    public static ChildProcess Start(string script, params IEnumerable<string> arguments) =>
        ChildProcess.Start(Shell, ["-c", Unshare, script, .. arguments]);

    public static async Task<bool> AreAvailableAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        using var folder = new TemporaryFolder();
        await using var probe = Start("mount -t tmpfs -o size=64k extgap \"$0\"", folder.Path);
        return await probe.WaitForExitAsync(cancellationToken) == 0;
    }
}
