using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Tests.Running.Support;

namespace ExtGap.Supervisor.Tests.Running;

public sealed class NotifySockets : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Channel<Notification> _received = Channel.CreateUnbounded<Notification>();

    [Fact(Timeout = 30_000)]
    public async Task A_message_of_a_bot_is_understood()
    {
        await using var socket = Open();

        Send(socket, "READY=1\nWATCHDOG=1\nSTATUS=feed live, gr\u00fcn\nX_EXTGAP={\"version\":1}\nMAINPID=1");

        var notification = await _received.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.True(notification is { IsReady: true, IsAlive: true, IsStopping: false });
        Assert.Equal("feed live, gr\u00fcn", notification.Words);
        Assert.Equal("{\"version\":1}", Encoding.UTF8.GetString(notification.Report!.Value.Span));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("")]
    [InlineData("READY=0")]
    [InlineData("READY=1 ")]
    [InlineData("ready=1\n\n\n=\nWATCHDOG=trigger")]
    [InlineData("\u0000\u0001READY=1")]
    public async Task What_is_not_understood_counts_for_nothing(string message)
    {
        await using var socket = Open();

        Send(socket, message);

        Assert.Equal(default, await _received.Reader.ReadAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task Garbage_and_huge_messages_harm_nobody()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var socket = Open();
        var garbage = new byte[200_000];
        new Random(1).NextBytes(garbage);

        Send(socket, garbage);
        Send(socket, new byte[400_000]);
        Send(socket, "WATCHDOG=1");

        // The first is short enough to be looked into; the second isn't, and is dropped.
        Assert.False((await _received.Reader.ReadAsync(cancellationToken)).IsAlive);
        Assert.True((await _received.Reader.ReadAsync(cancellationToken)).IsAlive);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_long_report_is_whole()
    {
        await using var socket = Open();
        var json = $"\"{new string('x', 150_000)}\"";

        Send(socket, "X_EXTGAP=" + json);

        Assert.Equal(json, Encoding.UTF8.GetString((await _received.Reader.ReadAsync(TestContext.Current.CancellationToken)).Report!.Value.Span));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_socket_takes_the_place_of_what_an_earlier_one_left_and_belongs_to_its_user_alone()
    {
        await File.WriteAllTextAsync(_folder["3m.notify"], "stale", TestContext.Current.CancellationToken);

        await using (var socket = Open())
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(socket.Path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        Assert.False(File.Exists(_folder["3m.notify"]));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_sent_to_the_socket_of_an_earlier_run_does_not_reach_the_next()
    {
        using var late = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        await using (var earlier = Open())
        {
            await late.ConnectAsync(new UnixDomainSocketEndPoint(earlier.Path), TestContext.Current.CancellationToken);
        }

        await using var socket = Open();
        Assert.Throws<SocketException>(() => late.Send("READY=1"u8));
        Send(socket, "WATCHDOG=1");

        Assert.True(await _received.Reader.ReadAsync(TestContext.Current.CancellationToken) is { IsAlive: true, IsReady: false });
    }

    [Fact(Timeout = 30_000)]
    public async Task A_program_that_speaks_is_heard()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var socket = Open();
        var start = TestChild.Start(Executables.TestProgram, "ready", "20");
        await using var child = await TestChild.RunAsync(start with { Environment = new Dictionary<string, string>(start.Environment) { ["NOTIFY_SOCKET"] = socket.Path } });

        Assert.True(await _received.Reader.ReadAsync(cancellationToken) is { IsReady: true, Report: not null });
        Assert.True(await _received.Reader.ReadAsync(cancellationToken) is { IsReady: false, IsAlive: true });
    }

    [Fact]
    public void A_name_that_has_no_room_in_an_address_is_shortened()
    {
        var folder = "/" + new string('d', 87);

        var path = NotifySocket.PathOf(folder, new string('n', 32));

        Assert.InRange(path.Length, folder.Length, 107);
        Assert.NotEqual(path, NotifySocket.PathOf(folder, new string('m', 32)));
    }

    [Fact]
    public void A_folder_that_isn_t_there_is_told()
    {
        var e = Assert.Throws<SupervisorException>(() => NotifySocket.Open(_folder["missing"], "3m", _ => ValueTask.CompletedTask));

        Assert.StartsWith($"{_folder["missing/3m.notify"]}: can't be made a socket: ", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private NotifySocket Open() => NotifySocket.Open(_folder.Path, "3m", notification => _received.Writer.WriteAsync(notification));

    private static void Send(NotifySocket socket, string message) => Send(socket, Encoding.UTF8.GetBytes(message));

    private static void Send(NotifySocket socket, byte[] message)
    {
        using var sender = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendBufferSize = 4_000_000 };
        sender.SendTo(message, new UnixDomainSocketEndPoint(socket.Path));
    }
}
