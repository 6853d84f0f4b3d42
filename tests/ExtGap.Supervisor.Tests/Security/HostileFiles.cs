using System.Diagnostics;
using System.Runtime.Versioning;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Tests.Configuration;

namespace ExtGap.Supervisor.Tests.Security;

/// <summary>Files that are none, or not what they seem. See docs/security.md.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HostileFiles : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    [Fact(Timeout = 30_000)]
    public async Task A_pipe_in_the_place_of_the_env_file_is_refused_at_once_and_not_waited_for()
    {
        await RunAsync("mkfifo", [_folder[".env"]], TestContext.Current.CancellationToken);
        Assert.EndsWith("it is no file but a pipe, a socket or a device.", (await RefusedAsync(() => EnvironmentFile.Read(_folder[".env"], isNamed: false), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_link_to_a_device_without_end_is_refused_as_env_file()
    {
        File.CreateSymbolicLink(_folder[".env"], "/dev/zero");
        Assert.Contains("a device", (await RefusedAsync(() => EnvironmentFile.Read(_folder[".env"], isNamed: true), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_env_file_of_gigabytes_is_refused_unread()
    {
        await using (var file = File.OpenWrite(_folder[".env"]))
        {
            // Nothing of it is written: it has no blocks.
            file.SetLength(8L * 1024 * 1024 * 1024);
        }

        Assert.EndsWith("it is larger than 1 MB.", (await RefusedAsync(() => EnvironmentFile.Read(_folder[".env"], isNamed: true), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_pipe_in_the_place_of_the_configuration_is_refused_at_once_and_not_waited_for()
    {
        await RunAsync("mkfifo", [_folder.File], TestContext.Current.CancellationToken);
        Assert.Contains("a pipe", (await RefusedAsync(() => SupervisorFile.Load(_folder.File), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_link_to_a_device_without_end_is_refused_as_configuration()
    {
        File.CreateSymbolicLink(_folder.File, "/dev/zero");
        Assert.Contains("a device", (await RefusedAsync(() => SupervisorFile.Load(_folder.File), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_link_that_another_user_has_put_in_the_place_of_the_run_directory_is_refused_wherever_it_leads()
    {
        Assert.SkipUnless(PosixFile.User == 0, "Only root can give a link away.");
        Directory.CreateDirectory(_folder["mine"]);
        const UnixFileMode ForAll = (UnixFileMode)0b111_111_101;
        File.SetUnixFileMode(_folder["mine"], ForAll);
        File.CreateSymbolicLink(_folder["run"], _folder["mine"]);
        RunDirectory.Prepare(_folder["run"]);
        File.SetUnixFileMode(_folder["mine"], ForAll);

        await RunAsync("chown", ["-h", "12345", _folder["run"]], TestContext.Current.CancellationToken);
        Assert.Contains("belongs to another user (number 12345)", (await RefusedAsync(() => RunDirectory.Prepare(_folder["run"]), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Equal(ForAll, File.GetUnixFileMode(_folder["mine"]));
    }

    [Theory]
    [InlineData(0b110_000_000, 0b110_100_100, false, false)]
    [InlineData(0b110_100_000, 0b110_110_100, false, false)]
    [InlineData(0b110_100_100, 0b110_100_100, true, false)]
    [InlineData(0b110_000_010, 0b110_100_100, true, false)]
    [InlineData(0b110_000_000, 0b110_100_110, false, true)]
    public void Secrets_that_other_users_can_read_and_a_configuration_that_they_can_change_are_warned_of(int env, int configuration, bool envIsOpen, bool configurationIsOpen)
    {
        _folder.Write(".env", "A=1");
        var options = _folder.Load("""{ "programs": { "a": { "command": "/bin/true" }, "b": { "command": "/bin/true" } } }""");
        File.SetUnixFileMode(_folder[".env"], (UnixFileMode)env);
        File.SetUnixFileMode(_folder.File, (UnixFileMode)configuration);

        string[] expected =
        [
            .. envIsOpen ? (string[])[$"Other users of this machine can read or change {_folder[".env"]}, which has the secrets: chmod 600 {_folder[".env"]}"] : [],
            .. configurationIsOpen ? (string[])[$"Other users of this machine can change {_folder.File}, and so have any command run as this user: chmod o-w {_folder.File}"] : [],
        ];
        Assert.Equal(expected, OpenDoors.Of(options));
    }

    [Fact]
    public void An_env_file_that_is_not_there_is_not_warned_of() =>
        Assert.Empty(OpenDoors.Of(_folder.Load("""{ "programs": { "a": { "command": "/bin/true" } } }""")));

    public void Dispose() => _folder.Dispose();

    // Beside the test's own thread: what hangs must not take the time limit with it.
    private static async Task<SupervisorException> RefusedAsync(Action action, CancellationToken cancellationToken)
    {
        return await Assert.ThrowsAnyAsync<SupervisorException>(() => Task.Factory.StartNew(action, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(cancellationToken));
    }

    private static async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
