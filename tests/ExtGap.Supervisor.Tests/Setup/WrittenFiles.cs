using System.Runtime.Versioning;
using ExtGap.Supervisor.Setup;
using ExtGap.Supervisor.Tests.Configuration;

namespace ExtGap.Supervisor.Tests.Setup;

[SupportedOSPlatform("linux")]
public sealed class WrittenFiles : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static readonly DateTimeOffset Now = new(2026, 1, 31, 13, 0, 0, TimeSpan.FromHours(1));

    private readonly ConfigurationFolder _folder = new();

    [Fact]
    public void A_secret_is_its_owners_alone_from_its_first_moment_on_and_so_is_the_copy_of_what_it_replaces()
    {
        _folder.Write(".env", "old");
        File.SetUnixFileMode(_folder[".env"], Readable);
        UnixFileMode? before = null;
        var copies = SetupFiles.Write([new(_folder[".env"], "new", IsSecret: true, path => before = File.GetUnixFileMode(path))], Now);

        Assert.Equal([_folder[".env.bak-20260131T120000Z"]], copies);
        Assert.Equal((OwnerOnly, OwnerOnly, OwnerOnly), (before, File.GetUnixFileMode(_folder[".env"]), File.GetUnixFileMode(copies[0])));
        Assert.Equal(("new", "old"), (File.ReadAllText(_folder[".env"]), File.ReadAllText(copies[0])));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Root).Length);
    }

    [Fact]
    public void Another_file_keeps_its_mode_and_no_copy_replaces_another()
    {
        _folder.Write("supervisor.json", "1");
        File.SetUnixFileMode(_folder.File, OwnerOnly | UnixFileMode.GroupRead);
        Write("2");
        var copies = Write("3");

        Assert.Equal([_folder["supervisor.json.bak-20260131T120000Z-2"]], copies);
        Assert.Equal(("3", "2", "1"), (File.ReadAllText(_folder.File), File.ReadAllText(copies[0]), File.ReadAllText(_folder["supervisor.json.bak-20260131T120000Z"])));
        Assert.Equal(OwnerOnly | UnixFileMode.GroupRead, File.GetUnixFileMode(_folder.File));
    }

    [Fact]
    public void A_file_that_its_users_would_not_take_leaves_everything_as_it_was()
    {
        _folder.Write(".env", "old");

        Assert.Throws<InvalidOperationException>(() => SetupFiles.Write([Secret("new"), new(_folder.File, "x", IsSecret: false, _ => throw new InvalidOperationException())], Now));
        AssertOnlyOld();
    }

    [Fact]
    public void A_file_that_cant_be_moved_into_place_takes_the_others_back()
    {
        _folder.Write(".env", "old");

        // The place is free when it is looked at, and a folder with something in it when it is moved to.
        var fault = Assert.Throws<SupervisorException>(() => SetupFiles.Write([Secret("new"), new(_folder.File, "x", IsSecret: false, _ => _folder.Write("supervisor.json/x", "y"))], Now));

        Assert.Equal(ExitCode.Failure, fault.ExitCode);
        Directory.Delete(_folder.File, recursive: true);
        AssertOnlyOld();
    }

    [Fact]
    public void Behind_a_link_its_target_is_written()
    {
        _folder.Write("secrets/real", "old");
        File.CreateSymbolicLink(_folder[".env"], _folder["secrets/real"]);
        SetupFiles.Write([Secret("new")], Now);

        Assert.Equal(("new", _folder["secrets/real"]), (File.ReadAllText(_folder["secrets/real"]), new FileInfo(_folder[".env"]).LinkTarget));
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_made()
    {
        SetupFiles.Write([new(_folder["a/b/supervisor.json"], "x", IsSecret: false, _ => { })], Now);
        Assert.Equal("x", File.ReadAllText(_folder["a/b/supervisor.json"]));
    }

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<string> Write(string text) => SetupFiles.Write([new(_folder.File, text, IsSecret: false, _ => { })], Now);

    private SetupFile Secret(string text) => new(_folder[".env"], text, IsSecret: true, _ => { });

    private void AssertOnlyOld()
    {
        Assert.Equal([_folder[".env"]], Directory.GetFileSystemEntries(_folder.Root));
        Assert.Equal("old", File.ReadAllText(_folder[".env"]));
    }
}
