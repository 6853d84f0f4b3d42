using ExtGap.Bot.Feed;
using ExtGap.Bot.Telegram;
using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Security;

/// <summary>What somebody between the bot and those it speaks with can do. See docs/security.md.</summary>
public sealed class HostileNetwork
{
    [Fact(Timeout = 60_000)]
    public async Task No_request_goes_to_an_exchange_whose_certificate_nobody_vouches_for()
    {
        await using var server = new ForgedServer(TestContext.Current.CancellationToken);
        using var rest = new BinanceRest(server.Url, new(TimeProvider.System), TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<ExchangeException>(() => rest.GetTimeAsync(TestContext.Current.CancellationToken));

        Assert.Contains("SSL", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (server.Connections, server.Heard));
    }

    [Fact(Timeout = 60_000)]
    public async Task No_handshake_goes_to_a_stream_whose_certificate_nobody_vouches_for()
    {
        await using var server = new ForgedServer(TestContext.Current.CancellationToken);
        await using var run = new ConnectionRun(server.StreamUrl);

        await run.Log.WaitForAsync("Reconnecting");
        Assert.Equal((1, 0), (server.Connections, server.Heard));
    }

    [Fact(Timeout = 60_000)]
    public async Task No_token_goes_to_a_Telegram_whose_certificate_nobody_vouches_for()
    {
        await using var server = new ForgedServer(TestContext.Current.CancellationToken);
        using var sender = new TelegramBotSender(TelegramToken.Parse("4242:a-token"), server.Url);
        Assert.IsType<SendResult.Failed>(await sender.SendAsync("1001", "text", isHtml: true, TestContext.Current.CancellationToken));
        Assert.Equal((1, 0), (server.Connections, server.Heard));
    }

    [Theory]
    [InlineData("wss://fstream.binance.com", "https://fapi.binance.com", "https://api.telegram.org", "")]
    [InlineData("ws://127.0.0.1:9090", "http://localhost:9090", "http://[::1]:9090", "")]
    [InlineData("ws://fstream.binance.com", "http://10.0.0.1", "http://api.telegram.org", "--stream-url --api-url --telegram-url")]
    public void Addresses_without_encryption_that_are_not_this_machines_are_told(string stream, string api, string telegram, string expected)
    {
        using var folder = new TempFolder();
        var options = Options.For(folder) with { StreamUrl = new(stream), ApiUrl = new(api), TelegramUrl = new(telegram) };
        Assert.Equal(expected, string.Join(' ', options.UnencryptedUrls.Select(url => url.Option)));
    }
}
