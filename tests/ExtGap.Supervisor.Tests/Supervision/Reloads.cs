using ExtGap.Supervisor.Tests.Running.Support;
using ExtGap.Supervisor.Tests.Supervision.Support;

namespace ExtGap.Supervisor.Tests.Supervision;

/// <summary><c>extgap reload</c>.</summary>
public sealed class Reloads
{
    private const string Sleep = "exec sleep 1000";

    [Fact(Timeout = Repeated.Timeout)]
    public Task It_starts_the_new_stops_the_gone_restarts_the_changed_and_leaves_the_rest() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Shell("same", Sleep), Entry.Shell("gone", Sleep), Entry.Shell("changed", Sleep));
        await supervisor.AllRunAsync();
        var same = (await supervisor.StatusAsync("same")).Pid;

        supervisor.Configure([Entry.Shell("new", Sleep), Entry.Shell("changed", ": changed; " + Sleep), Entry.Shell("same", Sleep)]);
        var reload = await supervisor.VerbAsync("reload");

        Assert.True(reload.Code == 0, reload.Text);
        var status = await supervisor.StatusAsync();
        Assert.Equal([("new", "RUNNING"), ("changed", "RUNNING"), ("same", "RUNNING")], status.Programs.Select(program => (program.Name, program.State)));
        Assert.Equal(same, status.Programs[2].Pid);
        Assert.Equal((1, 2, 1), (supervisor.LinesOf("same.pids").Length, supervisor.LinesOf("changed.pids").Length, supervisor.LinesOf("new.pids").Length));
        await supervisor.UntilAsync(() => supervisor.Processes().Count == 4, "what is gone has gone");
        Assert.Empty(supervisor.Clashes);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_faulty_file_or_another_run_directory_changes_nothing() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Shell("one", Sleep));
        await supervisor.AllRunAsync();
        var before = (await supervisor.StatusAsync("one")).Pid;

        supervisor.Configure([Entry.Shell("one", Sleep), Entry.Shell("two", Sleep, """ "restrat": {} """)]);
        var faulty = await supervisor.VerbAsync("reload");
        Assert.Equal(ExitCode.Configuration, faulty.Code);
        Assert.Contains("restrat", faulty.Text, StringComparison.Ordinal);

        // The client looks where the file says, and nobody is there; the supervisor has not moved.
        supervisor.Configure([Entry.Shell("one", Sleep), Entry.Shell("two", Sleep)], """, "runDirectory": "other" """);
        var moved = await supervisor.AskAsync(new ExtGap.Supervisor.Control.ControlRequest.Reload());
        Assert.Equal(ExitCode.Configuration, moved.Code);
        Assert.Contains("runDirectory", moved.Text, StringComparison.Ordinal);

        var status = await supervisor.StatusAsync();
        Assert.Equal(("one", "RUNNING", before), (status.Programs.Single().Name, status.Programs.Single().State, status.Programs.Single().Pid));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task Alerts_are_sent_with_the_environment_file_that_was_read_last() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Shell("one", Sleep));
        await supervisor.AllRunAsync();
        var environment = Path.Combine(supervisor.Folder, "new.env");
        await File.WriteAllTextAsync(environment, string.Empty, TestContext.Current.CancellationToken);
        supervisor.Configure([Entry.Shell("one", Sleep), Entry.Shell("two", "exit 1", """ "restart": { "maxRetries": 0 }, "alert": { "after": "1s" } """)]);
        var json = supervisor.TextOf("supervisor.json");
        await File.WriteAllTextAsync(supervisor.Configuration, json.Replace("\"defaults\": {", "\"defaults\": { \"environmentFile\": \"new.env\",", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var reload = await supervisor.VerbAsync("reload");

        Assert.True(reload.Code == 0, reload.Text);
        await supervisor.UntilAsync(() => supervisor.LinesOf("notified").Length > 0, "the alert of two is sent");
        Assert.All(supervisor.LinesOf("notified"), line => Assert.Equal($"notify --env-file {environment}", line));
    }, TestContext.Current.CancellationToken);
}
