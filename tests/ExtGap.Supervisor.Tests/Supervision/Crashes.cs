using ExtGap.Supervisor.Tests.Running.Support;
using ExtGap.Supervisor.Tests.Supervision.Support;

namespace ExtGap.Supervisor.Tests.Supervision;

/// <summary>What is told of programs that end or never begin, and what becomes of them.</summary>
public sealed class Crashes
{
    [Fact(Timeout = Repeated.Timeout)]
    public Task The_last_words_of_a_crash_are_in_the_status_and_every_line_is_in_the_log() => Repeated.RunAsync(async () =>
    {
        const int Lines = 3000;
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Shell(
            "crash", "i=0; while [ $i -lt 3000 ]; do echo \"line $i\" >&2; i=$((i+1)); done; echo last words >&2; kill -SEGV $$", """ "restart": { "policy": "never" } """));

        var status = await supervisor.IsAsync("crash", "EXITED");

        Assert.Equal(("killed by SIGSEGV", "killed by SIGSEGV", "last words"), (status.Reason, status.LastExit, status.LastError));
        var expected = Enumerable.Range(0, Lines).Select(line => $"line {line}").Append("last words");
        Assert.Equal(expected, await File.ReadAllLinesAsync(status.Logs.Stderr, TestContext.Current.CancellationToken));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task What_restarting_can_not_mend_is_FATAL_and_policies_are_kept() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(
            """ "missing": { "command": "./no-such-program" } """,
            Entry.Bot("faulty", "echo first >&2; echo 'the symbol is missing' >&2; exit 78"),
            Entry.Shell("never", "exit 1", """ "restart": { "policy": "never" } """),
            Entry.Shell("well", "exit 0", """ "restart": { "policy": "on-failure" } """),
            Entry.Shell("again", "[ -e again.once ] && exec sleep 1000; : >again.once; exit 1", """ "restart": { "policy": "on-failure" } """),
            Entry.Shell("thrice", "exit 3", """ "restart": { "initialDelay": "10ms", "maxRetries": 2 } """));

        Assert.Contains("no-such-program", (await supervisor.IsAsync("missing", "FATAL")).Reason, StringComparison.Ordinal);
        Assert.Equal("the symbol is missing", (await supervisor.IsAsync("faulty", "FATAL")).Reason);
        Assert.Equal("exit code 1", (await supervisor.IsAsync("never", "EXITED")).Reason);
        await supervisor.IsAsync("well", "EXITED");
        await supervisor.IsAsync("again", program => program is { State: "RUNNING", Restarts: 1 }, "RUNNING after one restart");
        Assert.Equal("given up after 2 restarts: exit code 3", (await supervisor.IsAsync("thrice", "FATAL")).Reason);
        Assert.Equal(3, supervisor.LinesOf("thrice.pids").Length);
        Assert.Single(supervisor.LinesOf("faulty.pids"));
        Assert.Equal(3, (await supervisor.VerbAsync("status")).Code);
        var check = await supervisor.VerbAsync("check");
        Assert.Equal(ExitCode.Configuration, check.Code);
        Assert.Contains("programs.missing: ", check.Text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failure, (await supervisor.VerbAsync("start-all")).Code);
        Assert.Equal(0, (await supervisor.VerbAsync("stop-all")).Code);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_supervisor_that_start_all_has_started_starts_each_program_once() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = RealSupervisor.Prepare(
            Entry.Shell("once", "exit 0", """ "startSeconds": 30, "restart": { "policy": "never" } """),
            Entry.Shell("lives", "exec sleep 1000"));

        Assert.Equal(ExitCode.Failure, (await supervisor.VerbAsync("start-all")).Code);

        Assert.Single(supervisor.LinesOf("once.pids"));
        Assert.Equal(0, (await supervisor.VerbAsync("stop-all")).Code);
    }, TestContext.Current.CancellationToken);
}
