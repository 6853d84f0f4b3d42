using System.Text.Json;
using ExtGap.Exchange.Tests.Support;
using Xunit;

namespace ExtGap.Exchange.Tests;

public sealed class ConnectionEndTests
{
    private const string Stream = "/market/ws/testusdt@kline_1m";

    [Fact(Timeout = 30_000)]
    public async Task A_connection_that_ends_with_a_close_frame_and_one_that_breaks_off_are_counted_apart()
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { WaitFor = 3 });
        using var polite = await StreamClient.ConnectAsync(server, Stream);
        using var rude = await StreamClient.ConnectAsync(server, Stream);
        await TestExchange.WaitForAsync(server, state => state.GetProperty("clients").GetInt32() == 2);

        await polite.CloseAsync();
        await TestExchange.WaitForAsync(server, state => Ends(state) == (1, 0));
        rude.Dispose();
        await TestExchange.WaitForAsync(server, state => Ends(state) == (1, 1) && state.GetProperty("clients").GetInt32() == 0);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_connection_that_the_exchange_closes_counts_as_closed_once_the_client_agrees()
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { WaitFor = 2, Faults = ["cut-after=100ms,times=1"] });
        using var client = await StreamClient.ConnectAsync(server, Stream);
        await client.ReceiveAllAsync();
        await TestExchange.WaitForAsync(server, state => Ends(state) == (1, 0));
    }

    private static (int Closed, int Lost) Ends(JsonElement state) => (state.GetProperty("closedConnections").GetInt32(), state.GetProperty("lostConnections").GetInt32());
}
