using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Tests.Control;

public sealed class ControlSockets
{
    private static readonly ControlReply[] Done = [new ControlReply.Done(0)];
    private static readonly ControlRequest Reload = new ControlRequest.Reload();

    [Fact(Timeout = 30_000)]
    public async Task The_socket_is_for_its_user_alone_and_goes_with_its_server()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no such modes.");
        await using var bench = new ControlBench().Start();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(bench.Socket).UnixFileMode);
        Assert.Equal(Done, await bench.AskAsync(Reload, TestContext.Current.CancellationToken));

        await bench.Server.DisposeAsync();

        Assert.Equal(["extgap.lock", "extgap.pid"], Directory.EnumerateFileSystemEntries(bench.RunDirectory).Select(Path.GetFileName).Order());
    }

    [Fact(Timeout = 30_000)]
    public async Task The_socket_of_a_supervisor_that_was_killed_is_no_obstacle()
    {
        await using var bench = new ControlBench();
        Leave(bench.Socket);
        Leave(bench.Socket + ".1");
        Assert.Equal(Done, await bench.Start().AskAsync(Reload, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_file_in_the_place_of_the_socket_is_no_obstacle()
    {
        await using var bench = new ControlBench();
        await File.WriteAllTextAsync(bench.Socket, "?", TestContext.Current.CancellationToken);
        Assert.Equal(Done, await bench.Start().AskAsync(Reload, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_folder_in_the_place_of_the_socket_is_told()
    {
        var run = Directory.CreateTempSubdirectory("extgap-control-").FullName;
        Directory.CreateDirectory(RunDirectory.ControlSocketPath(run));
        var fault = Assert.Throws<SupervisorException>(() => ControlListener.Bind(RunDirectory.ControlSocketPath(run)));
        Assert.Contains("it is a directory, remove it", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["extgap.sock"], Directory.EnumerateFileSystemEntries(run).Select(Path.GetFileName));
        Directory.Delete(run, recursive: true);
    }

    [Fact]
    public void A_path_that_is_too_long_is_told()
    {
        var fault = Assert.Throws<SupervisorException>(() => ControlListener.Bind("/run/" + new string('é', 48)));
        Assert.Equal(ExitCode.Configuration, fault.ExitCode);
        Assert.Contains("has 101 bytes", fault.Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = 20_000)]
    [InlineData("deleted")]
    [InlineData("stolen")]
    [InlineData("overwritten")]
    [InlineData("folder deleted")]
    public async Task A_socket_that_is_lost_is_back_within_five_seconds_and_who_was_connected_notices_nothing(string how)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var words = Channel.CreateUnbounded<string>();
        await using var bench = new ControlBench((request, end) => request is ControlRequest.Logs ? Replies.From(words.Reader, end) : Replies.Done(request, end)).Start();
        await using var client = await bench.ConnectAsync(cancellationToken);
        await using var replies = client.AskAsync(new ControlRequest.Logs([], false, 1, true), cancellationToken).GetAsyncEnumerator(cancellationToken);
        words.Writer.TryWrite("before");
        Assert.True(await replies.MoveNextAsync());
        await bench.Time.PeriodicTimerAsync(cancellationToken);

        using var thief = Lose(bench, how);
        bench.Time.Advance(ControlAcceptor.BetweenChecks);
        await bench.Log.SeenAsync(401, cancellationToken);
        Assert.Equal(Done, await bench.AskAsync(Reload, cancellationToken));

        words.Writer.TryWrite("after");
        Assert.True(await replies.MoveNextAsync());
        Assert.Equal(new ControlReply.Progress("after"), replies.Current);

        // The last connection of the old socket must not take the new one with it.
        words.Writer.Complete();
        Assert.True(await replies.MoveNextAsync());
        Assert.False(await replies.MoveNextAsync());
        Assert.Equal(Done, await bench.AskAsync(Reload, cancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_supervisor_whose_lock_another_has_leaves_the_socket_to_it()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench().Start();
        await bench.Time.PeriodicTimerAsync(cancellationToken);
        File.Delete(Path.Combine(bench.RunDirectory, "extgap.lock"));
        using var other = SupervisorLock.Take(bench.RunDirectory, "/other/supervisor.json");
        using var thief = Lose(bench, "stolen");

        bench.Time.Advance(ControlAcceptor.BetweenChecks);
        await bench.Log.SeenAsync(411, cancellationToken);
        await bench.Server.DisposeAsync();
        Assert.Equal(1, bench.LocksLost);
        Assert.Empty(bench.Log.Of(401));

        await bench.Server.DisposeAsync();
        Assert.True(File.Exists(bench.Socket));
    }

    [Fact(Timeout = 60_000)]
    public async Task Another_user_is_hung_up_on_and_the_server_lives_on()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv"), "Only root can become another user.");
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench().Start();
        if (!OperatingSystem.IsWindows())
        {
            // All doors open but that of the server itself.
            const UnixFileMode ForAll = (UnixFileMode)0b111_111_111;
            foreach (var path in new[] { bench.Root, bench.RunDirectory, bench.Socket })
            {
                File.SetUnixFileMode(path, ForAll);
            }
        }

        Assert.Equal("closed", await ConnectAsNobodyAsync(bench, cancellationToken));

        await bench.Log.SeenAsync(403, cancellationToken);
        Assert.False(bench.Handler.Asked.IsCompleted);
        Assert.Equal(Done, await bench.AskAsync(Reload, cancellationToken));
    }

    private static async Task<string> ConnectAsNobodyAsync(ControlBench bench, CancellationToken cancellationToken)
    {
        // The sources may lie where another user can't go.
        var program = Path.Combine(bench.Root, "program");
        Directory.CreateDirectory(program);
        foreach (var file in Directory.EnumerateFiles(TestProgram.Folder))
        {
            File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
        }

        string[] arguments = ["--reuid=65534", "--regid=65534", "--clear-groups", TestProgram.Dotnet, Path.Combine(program, "extgap-test-program.dll"), "connect", bench.Socket];
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/setpriv", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = program,
            Environment = { ["HOME"] = program, ["DOTNET_EnableDiagnostics"] = "0" },
        })!;
        var said = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return said.Trim();
    }

    private static Socket? Lose(ControlBench bench, string how)
    {
        switch (how)
        {
            case "deleted":
                File.Delete(bench.Socket);
                return null;
            case "overwritten":
                File.Delete(bench.Socket);
                File.WriteAllText(bench.Socket, "?");
                return null;
            case "folder deleted":
                Directory.Delete(bench.RunDirectory, recursive: true);
                return null;
            default:
                File.Delete(bench.Socket);
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Bind(new UnixDomainSocketEndPoint(bench.Socket));
                socket.Listen();
                return socket;
        }
    }

    // The runtime deletes the file of a socket that it closes; under another name it stays.
    private static void Leave(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path + ".tmp"));
        File.Move(path + ".tmp", path);
    }
}
