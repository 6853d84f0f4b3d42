using System.Diagnostics;
using System.Net.Sockets;
using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Tests.Configuration;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RunDirectoryTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Configuration = "/srv/extgap/supervisor.json";
    private static readonly string Longest = "/" + new string('x', 59);
    private static readonly string TooLong = Longest + "x";

    private readonly ConfigurationFolder _folder = new();

    [Fact]
    public void The_folder_that_the_configuration_names_serves_where_it_can()
    {
        Assert.Null(Choose("/srv/run", runtime: "/run/user/7", _ => true, out var chosen));
        Assert.Equal("/srv/run", chosen);
        Assert.Null(Choose(Longest, runtime: null, _ => true, out chosen));
        Assert.Equal(Longest, chosen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_it_is_too_long_or_read_only_the_users_runtime_folder_serves(bool isTooLong)
    {
        var wanted = isTooLong ? TooLong : "/srv/run";
        Assert.Null(Choose(wanted, "/run/user/7", path => path != "/srv/run", out var chosen));
        Assert.Matches("^/run/user/7/extgap-[0-9a-f]{12}$", chosen);

        Assert.Null(Choose(wanted, "/run/user/7", path => path != "/srv/run", out var again));
        Assert.Equal(chosen, again);
        Assert.Null(RunDirectory.Choose(wanted, "/srv/other/supervisor.json", _ => "/run/user/7", path => path != "/srv/run", out var other));
        Assert.NotEqual(chosen, other);
    }

    [Fact]
    public void Bytes_count_and_not_characters()
    {
        Assert.Null(Choose("/" + new string('é', 29), "/run/user/7", _ => true, out var chosen));
        Assert.StartsWith("/é", chosen, StringComparison.Ordinal);
        Assert.Null(Choose("/" + new string('é', 30), "/run/user/7", _ => true, out chosen));
        Assert.StartsWith("/run", chosen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "XDG_RUNTIME_DIR is not set")]
    [InlineData("", "XDG_RUNTIME_DIR is not set")]
    [InlineData("relative", "neither can relative/extgap-")]
    [InlineData("/readonly", "neither can /readonly/extgap-")]
    [InlineData("/a-path-of-a-runtime-folder-that-is-too-long-itself", "neither can /a-path")]
    public void Where_neither_serves_the_fault_says_why_and_what_to_do(string? runtime, string words)
    {
        var fault = Choose(TooLong, runtime, path => !path.StartsWith("/readonly", StringComparison.Ordinal), out _);
        Assert.StartsWith(TooLong + " can't have the sockets, for its path is 1 bytes too long", fault, StringComparison.Ordinal);
        Assert.Contains(words, fault, StringComparison.Ordinal);
        Assert.EndsWith("name a folder with a short path that you can write to.", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_socket_in_the_longest_folder_can_be_bound()
    {
        var folder = _folder[new string('x', 60 - _folder.Root.Length - 1)];
        RunDirectory.Prepare(folder);
        var path = RunDirectory.NotifySocketPath(folder, new('n', 32));
        Assert.Equal(RunDirectory.LongestSocketPath, path.Length);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void A_folder_is_created_for_its_owner_alone_and_a_wider_one_is_made_so()
    {
        RunDirectory.Prepare(_folder["a/b"]);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_folder["a/b"]));

        File.SetUnixFileMode(_folder["a/b"], OwnerOnly | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
        RunDirectory.Prepare(_folder["a/b"]);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_folder["a/b"]));
    }

    [Fact]
    public void A_folder_of_another_user_and_a_file_are_refused()
    {
        var error = Assert.Throws<SupervisorException>(() => RunDirectory.Prepare(_folder.Write("file", "")));
        Assert.Equal(ExitCode.Configuration, error.ExitCode);
        Assert.Contains(_folder["file"], error.Message, StringComparison.Ordinal);

        Assert.SkipUnless(PosixFile.User == 0, "Only root can give a folder away.");
        Directory.CreateDirectory(_folder["theirs"]);
        using (var chown = Process.Start("chown", ["12345", _folder["theirs"]]))
        {
            chown.WaitForExit();
        }

        error = Assert.Throws<SupervisorException>(() => RunDirectory.Prepare(_folder["theirs"]));
        Assert.Contains("belongs to another user (number 12345)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_can_be_written_to_where_its_nearest_parent_can()
    {
        Assert.True(PosixFile.CanWriteFolder(_folder["a/b/c"]));
        Assert.True(PosixFile.CanWriteFolder(_folder.Root));
        Assert.False(PosixFile.CanWriteFolder(Path.Combine(_folder.Write("file", ""), "run")));
        Assert.False(Directory.Exists(_folder["a"]));
    }

    [Fact]
    public void A_configuration_whose_run_directory_cannot_be_has_a_fault_at_its_line()
    {
        _folder.Write("file", "");
        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        Assert.SkipUnless(string.IsNullOrEmpty(runtime), "XDG_RUNTIME_DIR is set.");
        var fault = Assert.Single(_folder.Faults("{ \"programs\": { \"a\": { \"command\": \"x\" } },\n\"runDirectory\": \"file/run\" }"));
        Assert.Equal((2, "runDirectory"), (fault.Line, fault.Path));
    }

    public void Dispose() => _folder.Dispose();

    private static string? Choose(string wanted, string? runtime, Func<string, bool> canWrite, out string chosen) =>
        RunDirectory.Choose(wanted, Configuration, name => name == "XDG_RUNTIME_DIR" ? runtime : null, canWrite, out chosen);
}
