using System.Net.Sockets;
using System.Text;
using ExtGap.Bot.Tests.Support;
using ExtGap.Shared;

namespace ExtGap.Bot.Tests.Hosting;

public sealed class ServiceManagerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory(Timeout = 30_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_it_tells_comes_as_one_datagram_with_a_line_each(bool isAbstract)
    {
        var name = isAbstract ? $"@extgap-test-{Guid.NewGuid():N}" : _folder["notify.sock"];
        using var supervisor = Listen(name);
        using var manager = new ServiceManager(name);
        manager.Tell("READY=1", "STATUS=prêt");
        manager.Tell("WATCHDOG=1");

        Assert.Equal("READY=1\nSTATUS=prêt", await ReceiveAsync(supervisor, TestContext.Current.CancellationToken));
        Assert.Equal("WATCHDOG=1", await ReceiveAsync(supervisor, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("/nowhere/at/all.sock")]
    [InlineData("relative.sock")]
    [InlineData("@nobody-listens-here")]
    public void Without_anybody_to_tell_it_goes_on(string? name)
    {
        using var manager = new ServiceManager(name);
        manager.Tell("WATCHDOG=1");
    }

    [Fact]
    public void A_name_that_no_socket_can_have_stops_no_bot()
    {
        foreach (var name in new[] { "/" + new string('x', 200), "@" + new string('x', 200) })
        {
            using var manager = new ServiceManager(name);
            manager.Tell("WATCHDOG=1");
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_supervisor_that_does_not_read_is_not_waited_for_and_hears_again_when_it_does()
    {
        using var supervisor = Listen(_folder["notify.sock"]);
        using var manager = new ServiceManager(_folder["notify.sock"]);
        for (var i = 0; i < 5000; i++)
        {
            manager.Tell("WATCHDOG=1");
        }

        while (supervisor.Available > 0)
        {
            await ReceiveAsync(supervisor, TestContext.Current.CancellationToken);
        }

        manager.Tell("STATUS=again");
        Assert.Equal("STATUS=again", await ReceiveAsync(supervisor, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_supervisor_that_is_gone_and_a_text_too_long_for_a_datagram_are_passed_over()
    {
        using var manager = new ServiceManager(_folder["notify.sock"]);
        using (Listen(_folder["notify.sock"]))
        {
            manager.Tell("STATUS=" + new string('x', 10_000_000));
        }

        manager.Tell("WATCHDOG=1");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_supervisor_whose_folder_is_lost_hears_on()
    {
        using var supervisor = Listen(_folder["notify.sock"]);
        using var manager = new ServiceManager(_folder["notify.sock"]);
        File.Delete(_folder["notify.sock"]);

        Assert.True(manager.Tell("WATCHDOG=1"));
        Assert.Equal("WATCHDOG=1", await ReceiveAsync(supervisor, TestContext.Current.CancellationToken));
    }

    [Theory(Timeout = 30_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_listens_at_the_name_later_hears_what_is_told_then(bool wasAnotherThere)
    {
        var other = wasAnotherThere ? Listen(_folder["notify.sock"]) : null;
        using var manager = new ServiceManager(_folder["notify.sock"]);
        other?.Dispose();
        File.Delete(_folder["notify.sock"]);

        Assert.False(manager.Tell("READY=1"));
        using var supervisor = Listen(_folder["notify.sock"]);
        for (var sign = 1; sign <= 2; sign++)
        {
            Assert.True(manager.Tell($"STATUS={sign}"));
            Assert.Equal($"STATUS={sign}", await ReceiveAsync(supervisor, TestContext.Current.CancellationToken));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static Socket Listen(string name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(name[0] == '@' ? '\0' + name[1..] : name));
        return socket;
    }

    private static async Task<string> ReceiveAsync(Socket socket, CancellationToken stop)
    {
        var buffer = new byte[65_536];
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, stop));
    }
}
