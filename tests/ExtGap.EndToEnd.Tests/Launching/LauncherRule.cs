using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Launching;

/// <summary>When <c>./extgap</c> builds, and what it becomes.</summary>
public sealed class LauncherRule : IDisposable
{
    private const string Says = "Building ExtGap (once, about a minute) …";

    private readonly FakeClone _clone = new();

    public void Dispose() => _clone.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task The_first_call_builds_and_says_so_in_one_line_and_the_next_one_only_runs()
    {
        var first = await RunAsync(TestContext.Current.CancellationToken, "status", "--json");
        var second = await RunAsync(TestContext.Current.CancellationToken, "status");

        Assert.Equal([Says, Ran("status --json")], first.Output.Split('\n').Order(StringComparer.Ordinal));
        Assert.Equal(Ran("status"), second.Output);
        Assert.Equal(1, _clone.Builds);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_changed_source_is_built_even_if_its_time_is_old()
    {
        await RunAsync(TestContext.Current.CancellationToken);
        File.WriteAllText(_clone.Source, "two");
        File.SetLastWriteTimeUtc(_clone.Source, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.StartsWith(Says, (await RunAsync(TestContext.Current.CancellationToken)).Output, StringComparison.Ordinal);
        Assert.Equal(Ran(string.Empty), (await RunAsync(TestContext.Current.CancellationToken)).Output);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("Directory.Build.props")]
    [InlineData("Directory.Packages.props")]
    [InlineData("global.json")]
    public async Task What_the_build_depends_on_is_a_source(string name)
    {
        await RunAsync(TestContext.Current.CancellationToken);
        File.AppendAllText(_clone[$"clone/{name}"], " ");
        await RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, _clone.Builds);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_deleted_source_is_noticed()
    {
        await RunAsync(TestContext.Current.CancellationToken);
        File.Delete(_clone.Source);
        await RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, _clone.Builds);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_other_builds_write_is_no_source()
    {
        Directory.CreateDirectory(_clone["clone/src/ExtGap.Supervisor/obj/Debug"]);
        await RunAsync(TestContext.Current.CancellationToken);
        File.WriteAllText(_clone["clone/src/ExtGap.Supervisor/obj/Debug/x.cs"], "x");
        await RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, _clone.Builds);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_build_that_fails_shows_what_the_compiler_said_and_is_tried_again()
    {
        File.WriteAllText(_clone["broken"], string.Empty);
        var failed = await RunAsync(TestContext.Current.CancellationToken);
        File.Delete(_clone["broken"]);
        var mended = await RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("error CS1002", failed.Output, StringComparison.Ordinal);
        Assert.Contains("https://dotnet.microsoft.com/download", failed.Output, StringComparison.Ordinal);
        Assert.Equal(0, mended.ExitCode);
        Assert.Equal(1, _clone.Kept);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("status")]
    [InlineData("health")]
    [InlineData("logs")]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("restart")]
    [InlineData("reload")]
    [InlineData("stop-all")]
    public async Task What_asks_a_supervisor_that_runs_waits_for_no_build_and_fails_with_none(string verb)
    {
        await RunAsync(TestContext.Current.CancellationToken);
        File.WriteAllText(_clone.Source, "two");
        File.WriteAllText(_clone["broken"], string.Empty);
        var asked = await RunAsync(TestContext.Current.CancellationToken, verb);
        var started = await RunAsync(TestContext.Current.CancellationToken, "start-all");

        Assert.Equal((0, Ran(verb)), (asked.ExitCode, asked.Output));
        Assert.Equal(1, started.ExitCode);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_machine_without_the_SDK_is_told_where_it_is()
    {
        _clone.Write("tools/dotnet", "#!/bin/sh\nexit 145\n");
        var run = await RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(".NET 10 SDK: https://", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Two_at_once_build_once()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync(TestContext.Current.CancellationToken)));

        Assert.All(runs, run => Assert.Equal(0, run.ExitCode));
        Assert.Equal(1, _clone.Builds);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_build_that_something_runs_from_is_kept_until_that_has_ended()
    {
        File.Copy("/bin/sleep", _clone["product"], overwrite: true);
        await using (var running = _clone.Start("extgap", "1000"))
        {
            await Waiting.UntilAsync(
                () => File.ResolveLinkTarget($"/proc/{running.Id}/exe", returnFinalTarget: false)!.FullName.Contains("/.build/", StringComparison.Ordinal),
                running.ToString, TestContext.Current.CancellationToken);

            File.WriteAllText(_clone.Source, "two");
            await RunAsync(TestContext.Current.CancellationToken, "0");
            Assert.Equal(2, _clone.Kept);
        }

        File.WriteAllText(_clone.Source, "three");
        await RunAsync(TestContext.Current.CancellationToken, "0");
        Assert.Equal(1, _clone.Kept);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_exit_code_is_the_products() => Assert.Equal(3, (await RunAsync(TestContext.Current.CancellationToken, "exit3")).ExitCode);

    [Fact(Timeout = 30_000)]
    public async Task The_configuration_is_the_working_directorys_or_else_the_clones()
    {
        var without = await RunAsync(TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_clone.Elsewhere, "supervisor.json"), "{}", TestContext.Current.CancellationToken);
        var with = await RunAsync(TestContext.Current.CancellationToken);

        Assert.Contains($"config [{_clone["clone/supervisor.json"]}]", without.Output, StringComparison.Ordinal);
        Assert.Contains("config []", with.Output, StringComparison.Ordinal);
    }

    private Task<Running.VerbRun> RunAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments) => _clone.RunAsync("extgap", cancellationToken, arguments);

    private string Ran(string arguments) => $"ran [{arguments}] config [{_clone["clone/supervisor.json"]}] dotnet [{_clone["tools"]}]";
}
