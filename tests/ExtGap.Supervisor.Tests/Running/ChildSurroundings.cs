using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Tests.Running.Support;

namespace ExtGap.Supervisor.Tests.Running;

/// <summary>What a child finds when it starts.</summary>
public sealed class ChildSurroundings
{
    [Fact(Timeout = Repeated.Timeout)]
    public Task The_environment_is_exactly_the_one_given() => Repeated.RunAsync(async () =>
    {
        var environment = new Dictionary<string, string>(TestChild.Environment) { ["GREETING"] = "good day = gr\u00fc\u00df Gott", ["EMPTY"] = "" };

        await using var child = await TestChild.RunAsync(TestChild.Start("env", "-0") with { Environment = environment });

        await child.WaitAsync();
        Assert.Equal(
            environment.Select(variable => $"{variable.Key}={variable.Value}").Order(StringComparer.Ordinal),
            child.Output.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task Arguments_and_working_directory_arrive_as_they_are() => Repeated.RunAsync(async () =>
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["", " two  words ", "\"quoted\\\"", "'", "$HOME", "*", "--", "--detached", "a\nb", "\u00e4\u20ac"];

        await using var child = await TestChild.RunAsync(TestChild.Start("sh", ["-c", "pwd -P; printf '%s|' \"$@\"", "sh", .. arguments]) with { Directory = folder.Path });

        await child.WaitAsync();
        Assert.Equal($"{folder.Path}\n{string.Join('|', arguments)}|", child.Output.Text);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task It_inherits_no_descriptor_but_the_standard_ones() => Repeated.RunAsync(async () =>
    {
        await using var child = await TestChild.RunAsync("ls", "/proc/self/fd");

        // The last is the folder that ls reads.
        await child.WaitAsync();
        Assert.Equal(["0", "1", "2", "3"], child.Output.Lines);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task It_inherits_no_ignored_and_no_blocked_signal() => Repeated.RunAsync(async () =>
    {
        // Asked of itself: a shell blocks signals while it starts something.
        await using var child = await TestChild.RunAsync("grep", "-E", "Sig(Ign|Blk)", "/proc/self/status");

        await child.WaitAsync();
        Assert.Equal(["SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000"], child.Output.Lines);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task Stdin_stays_open_while_it_lives() => Repeated.RunAsync(async () =>
    {
        await using var child = await TestChild.ShellAsync("read line || echo closed");
        await using var probe = await TestChild.ShellAsync("echo later");
        await probe.WaitAsync();

        Assert.False(child.Process.Ended.IsCompleted);
        child.Process.Signal(9);
        await child.WaitAsync();
        Assert.Empty(child.Output.Text);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task An_executable_that_is_missing_ends_with_127_and_says_so() => Repeated.RunAsync(async () =>
    {
        await using var child = await TestChild.RunAsync("/missing/program");

        Assert.Equal(new ExitCause.Exited(127), await child.WaitAsync());
        Assert.Equal("extgap exec: can't run /missing/program: No such file or directory\n", child.Error.Text);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_file_that_is_not_executable_ends_with_126_and_says_so() => Repeated.RunAsync(async () =>
    {
        await using var child = await TestChild.RunAsync("/etc/passwd");

        Assert.Equal(new ExitCause.Exited(126), await child.WaitAsync());
        Assert.Equal("extgap exec: can't run /etc/passwd: Permission denied\n", child.Error.Text);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_missing_working_directory_is_a_failure_that_trying_again_does_not_mend() => Repeated.RunAsync(async () =>
    {
        var started = await TestChild.TryAsync(TestChild.Start("true") with { Directory = "/missing" });

        Assert.Null(started.Child);
        Assert.True(started.Failure!.IsPermanent);
        Assert.Equal("can't start true in /missing: No such file or directory", started.Failure.Why);
    }, TestContext.Current.CancellationToken);
}
