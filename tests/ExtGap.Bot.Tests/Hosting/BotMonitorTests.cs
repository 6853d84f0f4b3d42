using System.Net.Sockets;
using System.Text;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Hosting;
using ExtGap.Bot.Telegram;
using ExtGap.Bot.Tests.Support;
using ExtGap.Shared;
using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Bot.Tests.Hosting;

public sealed class BotMonitorTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Socket _supervisor = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly ServiceManager _manager;
    private readonly BotMonitor _monitor;

    public BotMonitorTests()
    {
        _supervisor.Bind(new UnixDomainSocketEndPoint(_folder["notify.sock"]));
        _manager = new(_folder["notify.sock"]);
        _monitor = new(_manager, _folder["status.json"], _time);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("off")]
    [InlineData("on")]
    [InlineData("refused")]
    public async Task The_first_word_has_readiness_and_whether_notifications_are_on(string notifications)
    {
        _monitor.Show(State(notifications));

        var first = await ReceiveAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["READY=1", "WATCHDOG=1"], first[..2]);
        Assert.Contains($"\"messages\":{{\"notifications\":\"{notifications}\"", Assert.Single(first, line => line.StartsWith("X_EXTGAP=", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Readiness_that_a_busy_supervisor_had_no_room_for_is_said_again_until_it_has()
    {
        while (_manager.Tell("STATUS=somebody else is telling it much"))
        {
        }

        _monitor.Show(State());
        while (_supervisor.Available > 0)
        {
            await ReceiveAsync(TestContext.Current.CancellationToken);
        }

        _time.Advance(TimeSpan.FromSeconds(5));
        _monitor.Show(State());
        Assert.Contains("READY=1", await ReceiveAsync(TestContext.Current.CancellationToken));
        _time.Advance(TimeSpan.FromSeconds(5));
        _monitor.Show(State());
        Assert.DoesNotContain("READY=1", await ReceiveAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        _manager.Dispose();
        _supervisor.Dispose();
        _folder.Dispose();
    }

    private static BotState State(string notifications = "off") => new(
        new FeedStatus(FeedState.Connecting, null, 0),
        Now: null,
        [],
        notifications switch
        {
            "off" => null,
            "on" => DeliveryStatus.Idle,
            _ => DeliveryStatus.Idle with { Off = "Unauthorized" },
        });

    private async Task<string[]> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[65_536];
        return Encoding.UTF8.GetString(buffer, 0, await _supervisor.ReceiveAsync(buffer, cancellationToken)).Split('\n');
    }
}
