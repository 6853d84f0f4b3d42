using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Launching;

/// <summary>scripts/install.sh and uninstall.sh, with a build that takes no time.</summary>
public sealed class Installation : IDisposable
{
    private readonly FakeClone _clone = new();

    public Installation() => File.WriteAllText(_clone["native"], string.Empty);

    private string Prefix => _clone["prefix"];

    public void Dispose() => _clone.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task What_is_installed_runs_and_goes_without_a_trace_but_for_what_was_there()
    {
        Directory.CreateDirectory(Path.Combine(Prefix, "bin"));
        await File.WriteAllTextAsync(Path.Combine(Prefix, "bin", "other"), "mine", TestContext.Current.CancellationToken);
        var installed = await RunAsync("install.sh", TestContext.Current.CancellationToken);
        Assert.True(installed.ExitCode == 0, installed.Output);
        var files = Files();
        var removed = await RunAsync("uninstall.sh", TestContext.Current.CancellationToken);

        Assert.Subset(files.ToHashSet(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal)
        {
            "bin/extgap", "bin/extgap-bot", "bin/extgap-exchange", "share/bash-completion/completions/extgap", "share/zsh/site-functions/_extgap",
            "share/fish/vendor_completions.d/extgap.fish", "share/man/man1/extgap.1", "share/man/man1/extgap-bot.1",
        });
        Assert.Equal(0, removed.ExitCode);
        Assert.Equal(["bin/other"], Files());
    }

    [Fact(Timeout = 30_000)]
    public async Task An_upgrade_leaves_a_program_that_runs_what_it_runs_from_and_says_so()
    {
        await RunAsync("install.sh", TestContext.Current.CancellationToken);
        var sleep = Path.Combine(Path.GetDirectoryName(File.ResolveLinkTarget(Path.Combine(Prefix, "bin", "extgap"), true)!.FullName)!, "sleep");
        File.Copy("/bin/sleep", sleep);
        await using (ChildProcess.Start(sleep, "1000"))
        {
            var upgraded = await RunAsync("install.sh", TestContext.Current.CancellationToken);
            Assert.Contains("stop-all && extgap start-all", upgraded.Output, StringComparison.Ordinal);
            Assert.True(File.Exists(sleep));
            Assert.NotEqual(Path.GetDirectoryName(sleep), Path.GetDirectoryName(File.ResolveLinkTarget(Path.Combine(Prefix, "bin", "extgap"), true)!.FullName));
            Assert.Equal(1, (await RunAsync("uninstall.sh", TestContext.Current.CancellationToken)).ExitCode);
        }

        Assert.DoesNotContain("stop-all && extgap start-all", (await RunAsync("install.sh", TestContext.Current.CancellationToken)).Output, StringComparison.Ordinal);
        Assert.False(File.Exists(sleep));
    }

    [Fact(Timeout = 30_000)]
    public async Task Where_nothing_native_can_be_made_it_is_made_for_the_runtime()
    {
        File.Delete(_clone["native"]);
        var run = await RunAsync("install.sh", TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("will need the .NET runtime", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Prefix, "bin", "extgap")));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_build_that_fails_leaves_the_version_before()
    {
        await RunAsync("install.sh", TestContext.Current.CancellationToken);
        var before = Files();
        File.WriteAllText(_clone["broken"], string.Empty);
        var failed = await RunAsync("install.sh", TestContext.Current.CancellationToken);

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("error CS1002", failed.Output, StringComparison.Ordinal);
        Assert.Equal(before, Files());
    }

    [Fact(Timeout = 30_000)]
    public async Task An_upgrade_that_fails_at_the_end_leaves_the_version_before()
    {
        await RunAsync("install.sh", TestContext.Current.CancellationToken);
        var before = File.ResolveLinkTarget(Path.Combine(Prefix, "bin", "extgap"), returnFinalTarget: true)!.FullName;
        Directory.Delete(Path.Combine(Prefix, "share", "zsh"), recursive: true);
        await File.WriteAllTextAsync(Path.Combine(Prefix, "share", "zsh"), "in the way", TestContext.Current.CancellationToken);
        var failed = await RunAsync("install.sh", TestContext.Current.CancellationToken);

        Assert.NotEqual(0, failed.ExitCode);
        Assert.Equal(before, File.ResolveLinkTarget(Path.Combine(Prefix, "bin", "extgap"), returnFinalTarget: true)!.FullName);
        Assert.True(File.Exists(before));
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(Prefix, "lib", "extgap")));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_somebody_else_has_put_beside_the_builds_stays()
    {
        var lib = Path.Combine(Prefix, "lib", "extgap");
        Directory.CreateDirectory(Path.Combine(lib, "extgap.configuration"));
        foreach (var name in new[] { "extgap.dll", "extgap.deps.json", "extgap.backup", "extgap.configuration/mine", "mine" })
        {
            await File.WriteAllTextAsync(Path.Combine(lib, name), "mine", TestContext.Current.CancellationToken);
        }

        var before = Files();
        await RunAsync("install.sh", TestContext.Current.CancellationToken);
        await RunAsync("install.sh", TestContext.Current.CancellationToken);
        Assert.Subset(Files().ToHashSet(StringComparer.Ordinal), before.ToHashSet(StringComparer.Ordinal));
        await RunAsync("uninstall.sh", TestContext.Current.CancellationToken);

        Assert.Equal(before, Files());
    }

    private Task<VerbRun> RunAsync(string script, CancellationToken cancellationToken) => _clone.RunAsync("scripts/" + script, cancellationToken, "--prefix", Prefix);

    private string[] Files() => [.. Directory.EnumerateFiles(Prefix, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Prefix, path)).Order(StringComparer.Ordinal)];
}
