using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Security;

/// <summary>Another user of the machine, with an executable of his own, against a supervisor that runs. See docs/security.md.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AnotherUser
{
    private const string BecomeAnother = "/usr/bin/setpriv";
    private const UnixFileMode ForAll = (UnixFileMode)0b111_111_111;
    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static bool CanBecomeAnother { get; } = Environment.IsPrivilegedProcess && File.Exists(BecomeAnother);

    [Fact(Timeout = 60_000, SkipUnless = nameof(CanBecomeAnother), Skip = "Only root can become another user (setpriv).")]
    public async Task No_verb_of_another_users_reaches_the_supervisor_even_where_all_doors_were_left_open()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var deployment = Sleeping();
        await deployment.RunAsync(0, cancellationToken, "start-all");
        var before = (await deployment.StatusAsync(cancellationToken))!.PidOf("sleeps");
        Assert.NotNull(before);
        using var theirs = new TemporaryFolder();
        CopyProduct(theirs);

        // The configuration may be everybody's to read; the run directory closes the way, and who would pass it is asked for his number.
        File.SetUnixFileMode(deployment.Folder, ForAll);
        File.SetUnixFileMode(deployment.Configuration, ForAll);
        string[][] verbs = [["status"], ["stop-all"], ["restart", "sleeps"], ["logs", "sleeps"], ["reload"]];
        foreach (var verb in verbs)
        {
            await RefusedAsync(verb);
        }

        File.SetUnixFileMode(deployment["run"], ForAll);
        File.SetUnixFileMode(deployment["run/extgap.sock"], ForAll);
        foreach (var verb in verbs)
        {
            await RefusedAsync(verb);
        }

        Assert.Equal(before, (await deployment.StatusAsync(cancellationToken))!.PidOf("sleeps"));

        async Task RefusedAsync(string[] verb)
        {
            await using var run = StartAsAnother(theirs, [.. verb, "--config", deployment.Configuration]);
            var exitCode = await run.WaitForExitAsync(cancellationToken);
            var output = string.Join('\n', run.Lines);
            Assert.True(exitCode == 1 && output.Contains("is another user's", StringComparison.Ordinal), $"{string.Join(' ', verb)}: exit code {exitCode}\n{output}");
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task The_run_directory_and_the_control_socket_are_the_owners_alone()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var deployment = Sleeping();
        Directory.CreateDirectory(deployment["run"]);
        File.SetUnixFileMode(deployment["run"], ForAll);
        await deployment.RunAsync(0, cancellationToken, "start-all");

        Assert.Equal(OwnersFolder, File.GetUnixFileMode(deployment["run"]));
        Assert.Equal(OwnersFile, File.GetUnixFileMode(deployment["run/extgap.sock"]));
    }

    [Fact(Timeout = 60_000)]
    public async Task Neither_the_process_list_nor_a_file_but_the_env_file_has_the_token_and_a_bots_socket_is_its_users_alone()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await ExchangeProcess.StartAsync(cancellationToken, "--symbol", "TESTUSDT");
        await using var deployment = Deployment.OfBots(exchange, "TESTUSDT", ["3m"]).WithTelegram(exchange);
        await deployment.RunAsync(0, cancellationToken, "start-all");
        var status = await deployment.WaitForAsync(status => status.PidOf("3m") is not null, cancellationToken);

        Assert.Equal(OwnersFile, File.GetUnixFileMode(deployment["run/3m.notify"]));
        var commandLine = await File.ReadAllTextAsync($"/proc/{status.PidOf("3m")}/cmdline", cancellationToken);
        Assert.Contains("extgap-bot", commandLine, StringComparison.Ordinal);
        Assert.DoesNotContain(Telegram.Secret, commandLine, StringComparison.Ordinal);
        await deployment.RunAsync(0, cancellationToken, "stop-all");
        await deployment.WaitForEndAsync(cancellationToken);
        foreach (var path in Directory.EnumerateFiles(deployment.Folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != ".env"))
        {
            var content = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path, cancellationToken));
            Assert.False(content.Contains(Telegram.Secret, StringComparison.Ordinal), path);
        }
    }

    private static Deployment Sleeping() => new(new JsonObject
    {
        ["programs"] = new JsonObject { ["sleeps"] = new JsonObject { ["command"] = "/bin/sleep", ["arguments"] = new JsonArray("1000"), ["startSeconds"] = 0 } },
    });

    // The build may lie where another user can't go.
    private static void CopyProduct(TemporaryFolder theirs)
    {
        var source = Path.GetDirectoryName(Executables.PathOf("extgap"))!;
        File.SetUnixFileMode(theirs.Path, ForAll);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = theirs[Path.GetRelativePath(source, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!, ForAll);
            File.Copy(file, copy);
            File.SetUnixFileMode(copy, ForAll);
        }
    }

    private static ChildProcess StartAsAnother(TemporaryFolder theirs, string[] arguments)
    {
        var runtime = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = theirs.Path,
            ["DOTNET_ROOT"] = runtime,
            ["DOTNET_EnableDiagnostics"] = "0",
            ["XDG_RUNTIME_DIR"] = string.Empty,
        };
        return ChildProcess.Start(BecomeAnother, environment, ["--reuid=65534", "--regid=65534", "--clear-groups", theirs["extgap"], .. arguments]);
    }
}
