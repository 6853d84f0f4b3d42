using System.Net;
using System.Text.Json;
using ExtGap.Core.Market;
using Xunit;

namespace ExtGap.Exchange.Tests.Support;

/// <summary>Starts real exchanges on free ports, and asks them.</summary>
internal static class TestExchange
{
    public static readonly ExchangeOptions OnAnyPort = new() { Listen = new(IPAddress.Loopback, 0) };

    private static readonly HttpClient Http = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>An exchange that stands still until there are subscribers.</summary>
    public static Task<ExchangeServer> PlayAsync(SampleKlines klines, Func<ExchangeOptions, ExchangeOptions>? change = null)
    {
        var options = OnAnyPort with
        {
            KlineFiles = [new(klines.Path, Symbol.Parse("TESTUSDT"))],
            WaitFor = 1,
            Speed = double.PositiveInfinity,
        };
        return ExchangeServer.StartAsync(change is null ? options : change(options), cancellationToken: Cancelled);
    }

    public static async Task<(HttpResponseMessage Response, JsonElement Body)> GetAsync(ExchangeServer server, string path)
    {
        var response = await Http.GetAsync(new Uri(server.Address, path), Cancelled);
        return (response, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancelled)));
    }

    /// <summary>Asks with any method; the body is JSON or plain text.</summary>
    public static async Task<(HttpResponseMessage Response, JsonElement Body)> SendAsync(ExchangeServer server, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(server.Address, path)) { Content = content };
        var response = await Http.SendAsync(request, Cancelled);
        return (response, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancelled)));
    }

    /// <summary>Sets faults while the exchange runs.</summary>
    public static async Task SetAsync(ExchangeServer server, params string[] faults)
    {
        using var content = new StringContent(string.Join('\n', faults));
        var (response, body) = await SendAsync(server, HttpMethod.Post, "/control/faults", content);
        Assert.True(response.IsSuccessStatusCode, body.GetRawText());
    }

    /// <summary>Clears every fault.</summary>
    public static Task ClearAsync(ExchangeServer server) => SendAsync(server, HttpMethod.Delete, "/control/faults");

    /// <summary>Clears one fault.</summary>
    public static async Task ClearAsync(ExchangeServer server, string fault)
    {
        using var content = new StringContent($$"""{"clear":["{{fault}}"]}""");
        var (response, body) = await SendAsync(server, HttpMethod.Post, "/control/faults", content);
        Assert.True(response.IsSuccessStatusCode, body.GetRawText());
    }

    public static async Task<List<JsonElement>> KlinesAsync(ExchangeServer server, string interval, string more = "")
    {
        var (response, body) = await GetAsync(server, $"/fapi/v1/klines?symbol=TESTUSDT&interval={interval}{more}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return [.. body.EnumerateArray()];
    }

    /// <summary>Asks for the exchange's own state until it is as wanted.</summary>
    public static async Task<JsonElement> WaitForAsync(ExchangeServer server, Func<JsonElement, bool> isWanted)
    {
        while (true)
        {
            var (_, state) = await GetAsync(server, "/control");
            if (isWanted(state))
            {
                return state;
            }

            await Task.Yield();
        }
    }
}
