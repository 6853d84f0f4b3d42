using System.Text;
using System.Text.Json;
using ExtGap.Supervisor.Alerts;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Presentation;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Status;

namespace ExtGap.Supervisor.Tests.Status;

/// <summary>A bot may say of itself what it likes: neither alerts nor the status of the others may suffer from it.</summary>
public sealed class BotReports
{
    private static readonly TimeSpan Now = TimeSpan.FromDays(2);

    [Theory]
    [InlineData("""{"feed":{"state":"live","secondsSinceLastFrame":9223372036854775807}}""")]
    [InlineData("""{"feed":{"state":"live","secondsSinceLastFrame":1e999}}""")]
    [InlineData("""{"feed":{"state":"live","secondsSinceLastFrame":-1e300}}""")]
    [InlineData("""{"feed":{"state":"live"},"symbols":[null]}""")]
    [InlineData("""{"feed":{"state":"live"},"symbols":[{"symbol":null,"timeframe":"3m"}]}""")]
    [InlineData("""{"feed":{"state":"live"},"messages":{"troubles":[null]}}""")]
    [InlineData("""{"feed":{"state":"live"},"exchangeTime":"9999-12-31T23:59:59.9999999Z","symbols":[{"symbol":"BTCUSDT","timeframe":"3m","nextCandleDue":"0001-01-01T00:00:00Z","lastCandle":"9999-12-31T23:59:59.9999999Z"}]}""")]
    [InlineData("""{"feed":{"state":"live"},"symbols":[{"symbol":"A","timeframe":"3m","profit":79228162514264337593543950335},{"symbol":"B","timeframe":"3m","profit":79228162514264337593543950335}]}""")]
    public void Nonsense_harms_neither_alerts_nor_status(string told)
    {
        var word = new BotWord("live", Encoding.UTF8.GetBytes(told), Now - TimeSpan.FromMinutes(1));

        BotFeed.FreshnessOf(word, TimeSpan.Zero, Now);
        var program = new ProgramStatus
        {
            Name = "3m",
            State = "RUNNING",
            IsTroubled = false,
            Pid = 1,
            StateSeconds = 1,
            Restarts = 0,
            Failures = 0,
            Logs = new("/o", "/e"),
            Bot = BotReportReader.Read(word, Now),
        };
        Assert.NotEmpty(StatusTable.Lines([program], 80));
        var reply = new ControlReply.Report(new() { Supervisor = new(1, "0.1.0", "/supervisor.json", 1, 1), Programs = [program] });
        Assert.NotEmpty(JsonSerializer.SerializeToUtf8Bytes<ControlReply>(reply, ControlJson.Default.ControlReply));
    }

    [Fact]
    public void A_feed_that_has_been_silent_for_longer_than_a_calendar_can_tell_is_stale()
    {
        var word = new BotWord("live", """{"feed":{"state":"live","secondsSinceLastFrame":1e300}}"""u8.ToArray(), Now);

        Assert.NotEqual(FeedFreshness.Fresh, BotFeed.FreshnessOf(word, TimeSpan.Zero, Now));
        Assert.NotEqual(FeedFreshness.Unknown, BotFeed.FreshnessOf(word, TimeSpan.Zero, Now));
    }
}
