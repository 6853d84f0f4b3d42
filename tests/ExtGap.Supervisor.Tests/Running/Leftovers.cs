using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Running.Native;
using ExtGap.Supervisor.Tests.Running.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExtGap.Supervisor.Tests.Running;

/// <summary>What a supervisor that was killed leaves to the next.</summary>
public sealed class Leftovers : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["groups"];

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_helper_whose_leader_is_gone_is_killed() => Repeated.RunAsync(async () =>
    {
        await using var child = await TestChild.ShellAsync("sleep 1000 & echo $!; read line");
        var helper = int.Parse((await child.Output.WaitForLinesAsync(1))[0]);
        Groups().Add(child.Pid, hasLifeline: false);
        Processes.Kill(child.Pid);
        await child.Process.Ended;
        Assert.True(Processes.Lives(helper));

        Assert.Equal([child.Pid], await Groups().KillAllAsync());

        Assert.False(Processes.Lives(helper));
        Assert.Empty(await Groups().KillAllAsync());
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_leader_that_lives_is_killed_with_its_group() => Repeated.RunAsync(async () =>
    {
        await using var child = await TestChild.ShellAsync("sleep 1000 & echo $!; read line");
        await child.Output.WaitForLinesAsync(1);
        Groups().Add(child.Pid, hasLifeline: false);

        Assert.Equal([child.Pid], await Groups().KillAllAsync());
        await child.WaitAsync();
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_bot_is_left_the_time_to_leave_by_its_lifeline() => Repeated.RunAsync(async () =>
    {
        await using var child = await TestChild.ShellAsync($"echo up; until [ -e '{_folder["leave"]}' ]; do sleep 0.01; done; exit 7");
        await child.Output.WaitForLinesAsync(1);
        Groups().Add(child.Pid, hasLifeline: true);
        var killing = Groups().KillAllAsync();
        await System.IO.File.WriteAllTextAsync(_folder["leave"], string.Empty);

        Assert.Empty(await killing);
        Assert.Equal("exit code 7", (await child.WaitAsync()).ToString());
        System.IO.File.Delete(_folder["leave"]);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public async Task A_bot_that_does_not_leave_by_its_lifeline_is_killed_five_seconds_later()
    {
        await using var child = await TestChild.ShellAsync("echo up; exec sleep 1000");
        await child.Output.WaitForLinesAsync(1).WaitAsync(TestContext.Current.CancellationToken);
        Groups().Add(child.Pid, hasLifeline: true);
        var started = TimeProvider.System.GetTimestamp();

        Assert.Equal([child.Pid], await Groups().KillAllAsync());
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 5, 50);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_helper_that_ends_while_its_group_is_counted_does_not_make_it_another_group()
    {
        await using var child = await TestChild.ShellAsync("sleep 1000 & echo $!; wait; echo gone; read line");
        var helper = int.Parse((await child.Output.WaitForLinesAsync(1).WaitAsync(TestContext.Current.CancellationToken))[0]);
        ProcessStat[] seen = [ProcessStat.Read(helper)!.Value, ProcessStat.Read(child.Pid)!.Value];
        Processes.Kill(helper);
        await child.Output.WaitForLinesAsync(2).WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, GroupRecord.Of(child.Pid, hasLifeline: true)!.CountSurvivors(seen));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("another start time", 1)]
    [InlineData("another boot", 2)]
    [InlineData("another session", 3)]
    public async Task A_group_that_has_the_number_of_an_earlier_one_is_left_alone(string reason, int field)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var child = await TestChild.ShellAsync("sleep 1000 & echo $!; read line");
        await child.Output.WaitForLinesAsync(1);
        Groups().Add(child.Pid, hasLifeline: false);
        var fields = (await System.IO.File.ReadAllTextAsync(File, cancellationToken)).Trim().Split(' ');
        Assert.True(fields.Length == 4, reason);
        fields[field] = field == 1 ? "12" : "/autogroup-0";
        await System.IO.File.WriteAllTextAsync(File, string.Join(' ', fields), cancellationToken);

        Assert.Empty(await Groups().KillAllAsync());
        Assert.False(child.Process.Ended.IsCompleted);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_group_that_is_part_of_another_session_is_left_alone()
    {
        // A shell with job control gives a group of its own to the sleep, in the shell's session.
        await using var child = await TestChild.RunAsync("bash", "-c", "set -m; sleep 1000 & echo $!; read line");
        var job = int.Parse((await child.Output.WaitForLinesAsync(1).WaitAsync(TestContext.Current.CancellationToken))[0]);
        Assert.Equal(job, ProcessStat.Read(job)!.Value.Group);
        Groups().Add(job, hasLifeline: false);

        Assert.Empty(await Groups().KillAllAsync());
        Assert.True(Processes.Lives(job));
        Processes.Kill(job);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_group_that_was_seen_to_be_empty_is_forgotten()
    {
        await using var child = await TestChild.ShellAsync("read line");
        var groups = Groups();
        groups.Add(child.Pid, hasLifeline: false);
        groups.Remove(child.Pid);

        Assert.Empty(await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
        Assert.Empty(await Groups().KillAllAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_of_garbage_kills_nobody()
    {
        await System.IO.File.WriteAllTextAsync(File, "1 2 3\n-1 0 x y\n0 0 x y\n1 0 x y\n\n\0\0\0", TestContext.Current.CancellationToken);

        Assert.Empty(await Groups().KillAllAsync());
    }

    public void Dispose() => _folder.Dispose();

    private LeftoverGroups Groups() => new(_folder.Path, TimeProvider.System, NullLogger.Instance);
}
