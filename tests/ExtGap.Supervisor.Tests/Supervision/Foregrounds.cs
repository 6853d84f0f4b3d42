using ExtGap.Supervisor.Running.Native;
using ExtGap.Supervisor.Tests.Running.Support;
using ExtGap.Supervisor.Tests.Supervision.Support;

namespace ExtGap.Supervisor.Tests.Supervision;

/// <summary>The supervisor on a terminal, and as the first process of a container.</summary>
public sealed class Foregrounds
{
    private const string Tell = "trap 'echo INT >>\"$0.signals\"; exit 0' INT; trap 'echo TERM >>\"$0.signals\"; exit 0' TERM; : >\"$0.up\"; while :; do sleep 1000 & wait; done";

    [Fact(Timeout = Repeated.Timeout)]
    public Task Ctrl_C_reaches_the_supervisor_alone() => Repeated.RunAsync(async () =>
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no script(1) to have a terminal from.");
        await using var supervisor = RealSupervisor.Prepare(Entry.Shell("a", Tell), Entry.Shell("b", Tell));
        await supervisor.SuperviseAsync("script", "-qec", "exec " + string.Join(' ', supervisor.Command), "/dev/null");
        await supervisor.AllRunAsync();
        await supervisor.FileAsync("a.up");
        await supervisor.FileAsync("b.up");

        await supervisor.Foreground!.StandardInput.WriteAsync('\u0003');
        await supervisor.Foreground.StandardInput.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, await supervisor.EndsAsync());
        Assert.Equal(["TERM"], supervisor.LinesOf("a.signals"));
        Assert.Equal(["TERM"], supervisor.LinesOf("b.signals"));
        Assert.Contains("Stopping all programs: SIGINT", supervisor.Log, StringComparison.Ordinal);
        Assert.Empty(supervisor.Processes());
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_console_that_takes_nothing_holds_up_nothing() => Repeated.RunAsync(async () =>
    {
        const string FillsItsOutput = "mkfifo full; exec 5<>full; dd if=/dev/zero of=full bs=4096 count=1000 oflag=nonblock 2>dd; exec \"$0\" \"$@\" >&5";
        await using var supervisor = RealSupervisor.Prepare(Entry.Shell("one", "exec sleep 1000"));
        await supervisor.SuperviseAsync(["sh", "-c", FillsItsOutput, .. supervisor.Command]);
        await supervisor.AllRunAsync();

        Assert.Equal(0, LibC.Kill((await supervisor.StatusAsync("one")).Pid!.Value, Signals.Kill));
        await supervisor.IsAsync("one", program => program is { State: "RUNNING", Restarts: 1 }, "RUNNING again");
        supervisor.Signal(Signals.Terminate);

        Assert.Equal(0, await supervisor.EndsAsync());
        Assert.Contains("Stopped", supervisor.Log, StringComparison.Ordinal);
        Assert.Empty(supervisor.Processes());
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task As_process_1_it_reaps_orphans_and_stops_gracefully() => Repeated.RunAsync(async () =>
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can have a PID namespace.");
        await using var supervisor = RealSupervisor.Prepare(
            Entry.Shell("orphans", "trap '' HUP; n=0; while :; do (sh -c 'exit 3' &); (setsid sh -c 'exit 4' 9>&- &); n=$((n+1)); echo $n >>rounds; sleep 0.02; done"), Entry.Shell("told", Tell));
        await supervisor.SuperviseAsync(["unshare", "--pid", "--fork", "--mount-proc", "--kill-child", .. supervisor.Command]);
        await supervisor.AllRunAsync();
        await supervisor.FileAsync("told.up");
        Assert.Equal(1, supervisor.Pid);
        var init = Assert.Single(supervisor.Processes(), process => FolderProcesses.CommandLine(process.Pid).StartsWith(Executables.Extgap, StringComparison.Ordinal)).Pid;

        await supervisor.UntilAsync(() => supervisor.LinesOf("rounds").Length >= 40, "there are orphans");

        await supervisor.UntilAsync(() => FolderProcesses.ZombiesOf(init) <= 3, "they are reaped", TimeSpan.FromSeconds(5));
        Assert.Equal(0, LibC.Kill(init, Signals.Terminate));
        Assert.Equal(0, await supervisor.EndsAsync());
        Assert.Equal(["TERM"], supervisor.LinesOf("told.signals"));
    }, TestContext.Current.CancellationToken);
}
