using System.Diagnostics;
using System.Globalization;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Tests.Logs;
using ExtGap.Supervisor.Tests.Running.Support;
using ExtGap.Supervisor.Tests.Supervision.Support;

namespace ExtGap.Supervisor.Tests.Supervision;

/// <summary>Output by the gigabyte, lines without end, bytes that are no text, and a disk that is full.</summary>
public sealed class Outputs
{
    // EXTGAP_FLOOD_BYTES=1073741824 for the whole of it.
    private static readonly long FloodBytes = long.TryParse(Environment.GetEnvironmentVariable("EXTGAP_FLOOD_BYTES"), CultureInfo.InvariantCulture, out var bytes) ? bytes : 8_000_000;

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_follower_sees_each_line_of_a_flood() => Repeated.RunAsync(async () =>
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Shell(
            "flood",
            $"echo ready; while [ ! -e go ]; do sleep 0.05; done; exec \"$TEST_PROGRAM\" flood {FloodBytes}",
            $$""" "restart": { "policy": "never" }, "logs": { "maxSize": "{{FloodBytes / 3}}B" } """));
        await supervisor.UntilAsync(() => supervisor.TextOf("logs/extgap_indicator_flood_stdout.log").Length > 0, "it has begun");
        using var follower = Process.Start(RealSupervisor.StartOf(Executables.Extgap, "logs", "flood", "-f", "-n", "1", "--config", supervisor.Configuration))!;
        Assert.Equal("ready", await follower.StandardOutput.ReadLineAsync(cancellationToken));
        await File.WriteAllTextAsync(Path.Combine(supervisor.Folder, "go"), string.Empty, cancellationToken);
        for (var number = 0L; number < FloodBytes / 8; number++)
        {
            Assert.Equal(number, long.Parse((await follower.StandardOutput.ReadLineAsync(cancellationToken))!, CultureInfo.InvariantCulture));
        }

        follower.Kill();
        await follower.WaitForExitAsync(cancellationToken);
        var status = await supervisor.IsAsync("flood", "EXITED");
        Assert.Equal((0L, "exit code 0"), (status.DroppedLogBytes, status.LastExit));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_line_of_50_MB_and_bytes_that_are_no_text_are_kept_as_they_are() => Repeated.RunAsync(async () =>
    {
        const long Length = 50_000_000;
        await using var supervisor = await RealSupervisor.StartAsync(
            Entry.Shell("long", $"exec \"$TEST_PROGRAM\" long-line {Length}", """ "restart": { "policy": "never" } """),
            Entry.Shell("bytes", "exec \"$TEST_PROGRAM\" not-utf8", """ "restart": { "policy": "never" } """));

        var longLine = await supervisor.IsAsync("long", "EXITED");
        var bytes = await supervisor.IsAsync("bytes", "EXITED");

        Assert.Equal(Length, new FileInfo(longLine.Logs.Stdout).Length);
        Assert.Equal(Enumerable.Range(0, 256).Select(value => (byte)value), await File.ReadAllBytesAsync(bytes.Logs.Stdout, TestContext.Current.CancellationToken));
        Assert.Equal((0L, 0L), (longLine.DroppedLogBytes, bytes.DroppedLogBytes));
        Assert.Equal(0, (await supervisor.VerbAsync("logs", "bytes", "-n", "5")).Code);
        var memory = (await supervisor.StatusAsync()).Supervisor.MemoryBytes;
        Assert.True(memory < 250_000_000, $"The supervisor has {memory} bytes.");
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_full_disk_under_the_logs_stops_nobody() => Repeated.RunAsync(async () =>
    {
        using var disk = await SmallDisk.MountAsync("1m", TestContext.Current.CancellationToken);
        Assert.SkipWhen(disk is null, SmallDisk.Missing);
        var filler = Path.Combine(disk.Path, "filler");
        await File.WriteAllBytesAsync(filler, new byte[900 * 1024], TestContext.Current.CancellationToken);
        await using var supervisor = await RealSupervisor.StartAsync(
            Entry.Shell("writer", "while :; do head -c 20000 /dev/zero | tr '\\0' x; echo; sleep 0.02; done", $$""" "logs": { "directory": {{Entry.Text(disk.Path)}}, "maxSize": "100KB", "backups": 1 } """));

        var full = await supervisor.IsAsync("writer", program => program.DroppedLogBytes > 0, "without room");
        Assert.Equal(("RUNNING", 0), (full.State, full.Restarts));
        Assert.Contains("dropped", (await supervisor.VerbAsync("status")).Text, StringComparison.OrdinalIgnoreCase);

        File.Delete(filler);
        var log = full.Logs.Stdout;
        var (before, length) = (File.GetLastWriteTimeUtc(log), new FileInfo(log).Length);
        await supervisor.UntilAsync(() => File.GetLastWriteTimeUtc(log) != before && new FileInfo(log).Length != length, "the log goes on");
        Assert.Equal(full.Pid, (await supervisor.StatusAsync("writer")).Pid);
        Assert.Equal(0, (await supervisor.AskAsync(new ControlRequest.StopAll(false))).Code);
        Assert.Equal(0, await supervisor.EndsAsync());
    }, TestContext.Current.CancellationToken);
}
