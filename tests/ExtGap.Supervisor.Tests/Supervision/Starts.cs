using System.Diagnostics;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Running.Native;
using ExtGap.Supervisor.Tests.Running.Support;
using ExtGap.Supervisor.Tests.Supervision.Support;

namespace ExtGap.Supervisor.Tests.Supervision;

/// <summary>The supervisor in the background.</summary>
public sealed class Starts
{
    [Theory(Timeout = Repeated.Timeout)]
    [InlineData(2)]
    [InlineData(5)]
    public Task However_many_start_at_once_there_is_one_supervisor(int count) => Repeated.RunAsync(async () =>
    {
        await using var supervisor = RealSupervisor.Prepare(Entry.Stubborn("a"), Entry.Shell("b", "exec sleep 1000"));

        var starts = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => supervisor.VerbAsync("start-all")));

        Assert.All(starts, start => Assert.True(start.Code == 0, start.Text + supervisor.Log));
        await supervisor.UntilAsync(() => supervisor.Processes().Count(process => FolderProcesses.CommandLine(process.Pid).Contains("supervise", StringComparison.Ordinal)) == 1, "one is left");
        Assert.Equal((1, 1), (supervisor.LinesOf("a.pids").Length, supervisor.LinesOf("b.pids").Length));
        Assert.Empty(supervisor.Clashes);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task The_supervisor_in_the_background_keeps_nothing_of_its_starter() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = RealSupervisor.Prepare(Entry.Shell("one", "exec sleep 1000"));
        var held = Path.Combine(supervisor.Folder, "held");
        using var shell = Process.Start(RealSupervisor.StartOf("sh", "-c", "exec 7>\"$0\"; \"$1\" start-all --config \"$2\" | cat", held, Executables.Extgap, supervisor.Configuration))!;

        // The end of these pipes shows that nobody else holds them.
        var text = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Contains("RUNNING", text, StringComparison.Ordinal);
        var pid = supervisor.Pid;
        var descriptors = FolderProcesses.Descriptors(pid);
        Assert.Equal(["/dev/null", "/dev/null", "/dev/null"], [descriptors["0"], descriptors["1"], descriptors["2"]]);
        Assert.DoesNotContain(held, descriptors.Values);
        Assert.Equal(pid, ProcessStat.Read(pid)?.Session);
        Assert.Equal(supervisor.Folder, FolderProcesses.WorkingDirectory(pid));
        Assert.DoesNotContain(held, FolderProcesses.Descriptors((await supervisor.StatusAsync("one")).Pid!.Value).Values);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_start_all_right_behind_a_stop_all_starts() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = RealSupervisor.Prepare(Entry.Shell("one", "exec sleep 1000"));
        Assert.Equal(0, (await supervisor.VerbAsync("start-all")).Code);
        for (var i = 0; i < 3; i++)
        {
            using var shell = Process.Start(RealSupervisor.StartOf("sh", "-c", "\"$0\" stop-all --config \"$1\" && \"$0\" start-all --config \"$1\"", Executables.Extgap, supervisor.Configuration))!;
            var text = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(shell.ExitCode == 0, text + supervisor.Log);
        }
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task Garbage_in_the_run_directory_keeps_no_supervisor_from_its_start() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = RealSupervisor.Prepare(Entry.ReadyBot("bot"));
        Directory.CreateDirectory(supervisor.RunDirectory);
        foreach (var name in new[] { "extgap.sock", "extgap.lock", "groups", "bot.notify", "groups.partial", "extgap.pid.new" })
        {
            await File.WriteAllTextAsync(Path.Combine(supervisor.RunDirectory, name), "1 1 garbage\n-1\n", TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(Path.Combine(supervisor.RunDirectory, "extgap.pid"), $"{Environment.ProcessId}\n{supervisor.Configuration}\n1.0\n", TestContext.Current.CancellationToken);

        var start = await supervisor.VerbAsync("start-all");

        Assert.True(start.Code == 0, start.Text);
        Assert.NotEqual(Environment.ProcessId, supervisor.Pid);
        var second = await supervisor.VerbAsync("supervise");
        Assert.Equal(ExitCode.SupervisorRuns, second.Code);
        Assert.Contains($"process {supervisor.Pid}", second.Text, StringComparison.Ordinal);
    }, TestContext.Current.CancellationToken);
}
