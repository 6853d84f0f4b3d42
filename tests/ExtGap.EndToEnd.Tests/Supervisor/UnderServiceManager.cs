using System.Globalization;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Supervisor;

/// <summary>A supervisor under systemd, or whoever else speaks sd_notify(3).</summary>
public sealed class UnderServiceManager : IDisposable
{
    private const string Sleep = """ "command": "/bin/sleep", "arguments": ["1000"] """;

    private readonly TemporaryFolder _folder = new();
    // Within the time limits of the tests, whose end would tell nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly NotifySocket _socket;

    public UnderServiceManager() => _socket = new(_folder["manager.sock"]);

    [Fact(Timeout = 60_000)]
    public async Task It_is_ready_when_all_programs_run_and_not_before()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var deployment = new Deployment($$"""
            { "programs": { "fast": { {{Sleep}}, "startSeconds": 0 }, "slow": { {{Sleep}}, "startSeconds": 2 }, "later": { {{Sleep}}, "autoStart": false } } }
            """);
        await using var supervisor = Start(deployment);

        Assert.Contains("STATUS=1 running, slow STARTING", await UntilAsync("READY=1", stop));
        var status = (await deployment.StatusAsync(stop))!;
        Assert.Equal(["RUNNING", "RUNNING", "STOPPED"], status.States);
        Assert.Equal(0, await supervisor.StopAsync(stop));
    }

    [Fact(Timeout = 60_000)]
    public async Task It_is_ready_although_a_program_cannot_run_and_says_which()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var deployment = new Deployment($$"""
            { "programs": { "good": { {{Sleep}}, "startSeconds": 0 }, "missing": { "command": "/nowhere/at/all" }, "crashing": { "command": "/bin/false", "startSeconds": 1, "restart": { "initialDelay": "1h", "maxDelay": "1h" } } } }
            """);
        await using var supervisor = Start(deployment);

        await UntilAsync("READY=1", stop);
        Assert.Equal(["RUNNING", "FATAL", "BACKOFF"], (await deployment.StatusAsync(stop))!.States);
        await deployment.RunAsync(stop, "stop", "good");
        await UntilAsync("STATUS=0 running, good STOPPED, missing FATAL, crashing BACKOFF", stop);
        Assert.Equal(0, await supervisor.StopAsync(stop));
    }

    [Fact(Timeout = 60_000)]
    public async Task It_tells_that_it_lives_more_often_than_the_manager_bears_and_its_programs_can_say_nothing_in_its_name()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var deployment = new Deployment("""
            { "programs": { "prints": { "command": "/usr/bin/env", "restart": { "policy": "never" } } } }
            """);
        await using var supervisor = Start(deployment, ("WATCHDOG_USEC", "4000000"), ("WATCHDOG_PID", ""));

        await UntilAsync("READY=1", stop);
        var told = TimeProvider.System.GetTimestamp();
        for (var signs = 0; signs < 4; signs++)
        {
            await _socket.WaitForAsync("WATCHDOG=1", stop);
            var silence = TimeProvider.System.GetElapsedTime(told);
            told = TimeProvider.System.GetTimestamp();
            Assert.True(silence < TimeSpan.FromSeconds(4), $"silent for {silence}");
        }

        Assert.Contains("EXTGAP_LIFELINE=stdin", deployment.Log("prints"), StringComparison.Ordinal);
        Assert.DoesNotContain("NOTIFY_SOCKET=", deployment.Log("prints"), StringComparison.Ordinal);
        Assert.DoesNotContain("WATCHDOG", deployment.Log("prints"), StringComparison.Ordinal);
        Assert.Equal(0, await supervisor.StopAsync(stop));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reload_begins_and_ends_for_the_manager_too()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var deployment = new Deployment($$"""{ "programs": { "one": { {{Sleep}}, "startSeconds": 0 } } }""");
        await using var supervisor = Start(deployment);
        await UntilAsync("READY=1", stop);
        deployment.Write($$"""{ "programs": { "one": { {{Sleep}}, "startSeconds": 0 }, "two": { {{Sleep}}, "startSeconds": 0 } } }""");

        Assert.Equal(0, (await deployment.RunAsync(stop, "reload")).ExitCode);
        var reloading = await _socket.WaitForDatagramAsync("RELOADING=1", stop);
        var began = long.Parse(reloading.First(each => each.StartsWith("MONOTONIC_USEC=", StringComparison.Ordinal))["MONOTONIC_USEC=".Length..], CultureInfo.InvariantCulture);
        Assert.InRange(Microseconds() - began, 0, 60_000_000);
        await UntilAsync(["READY=1", "STATUS=2 running"], stop);

        // A faulty file is refused before the supervisor hears of it.
        deployment.Write("{");
        Assert.Equal(78, (await deployment.RunAsync(stop, "reload")).ExitCode);
        deployment.Write($$"""{ "programs": { "one": { {{Sleep}}, "startSeconds": 0 } } }""");
        Assert.Equal(0, await supervisor.StopAsync(stop));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("SIGTERM")]
    [InlineData("stop-all")]
    public async Task A_stop_is_told_before_the_programs_have_gone_with_the_time_that_it_may_take(string how)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var deployment = new Deployment("""
            { "programs": { "slow": { "command": "/bin/sh", "arguments": ["-c", "trap 'sleep 3; exit 0' TERM; echo set; while :; do sleep 0.05; done"], "startSeconds": 0, "stop": { "timeout": "5m" } } } }
            """);
        await using var supervisor = Start(deployment);
        await UntilAsync("READY=1", stop);

        // Before it has set its trap, it would be gone at once, and both told in one.
        await Waiting.UntilAsync(() => deployment.Log("slow").Contains("set", StringComparison.Ordinal), deployment.ToString, stop);
        await using var stopper = how == "SIGTERM" ? null : deployment.Start("stop-all");
        if (stopper is null)
        {
            supervisor.Signal(Signals.Terminate);
        }

        var stopping = await _socket.WaitForDatagramAsync("STOPPING=1", stop);
        Assert.Contains("EXTEND_TIMEOUT_USEC=330000000", stopping);
        await UntilAsync("STATUS=0 running, slow STOPPED", stop);
        Assert.Equal(0, await supervisor.WaitForExitAsync(stop));
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }

    private static long Microseconds() => (long)(TimeProvider.System.GetTimestamp() * 1e6 / TimeProvider.System.TimestampFrequency);

    private ChildProcess Start(Deployment deployment, params (string Name, string Value)[] more)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["NOTIFY_SOCKET"] = _socket.Path };
        foreach (var (name, value) in more)
        {
            environment[name] = value;
        }

        return ChildProcess.Start("extgap", environment, "supervise", "--config", deployment.Configuration);
    }

    private Task<IReadOnlyList<string>> UntilAsync(string assignment, CancellationToken stop) => UntilAsync([assignment], stop);

    /// <returns>All assignments until the last of the wanted ones has come, and those that came with it.</returns>
    private async Task<IReadOnlyList<string>> UntilAsync(IReadOnlyList<string> assignments, CancellationToken stop)
    {
        List<string> told = [];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        while (assignments.Except(told, StringComparer.Ordinal).Any())
        {
            try
            {
                told.AddRange(await _socket.WaitForDatagramAsync(string.Empty, patience.Token));
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                Assert.Fail($"Told was only: {string.Join(", ", told)}");
            }
        }

        return told;
    }
}
