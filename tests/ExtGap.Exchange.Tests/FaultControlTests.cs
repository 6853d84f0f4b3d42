using System.Net;
using System.Text.Json;
using ExtGap.Exchange.Faults;
using ExtGap.Exchange.Tests.Support;
using Xunit;

namespace ExtGap.Exchange.Tests;

public sealed class FaultControlTests
{
    [Theory]
    [InlineData("nonsense", "'nonsense' is not a fault; there are drop[=DURATION], silence")]
    [InlineData("", "'' is not a fault")]
    [InlineData("Drop", "'Drop' is not a fault")]
    [InlineData("drop=", "drop[=DURATION]: '' is not a duration")]
    [InlineData("drop=5", "drop[=DURATION]: '5' is not a duration")]
    [InlineData("drop=0", "'0' is not a duration from 1ms")]
    [InlineData("cut-after", "'cut-after' needs a value: cut-after=DURATION.")]
    [InlineData("close-late", "'close-late' needs a value: close-late=DURATION.")]
    [InlineData("close-lost=0", "'0' is not a whole number from 1 to 1000000.")]
    [InlineData("close-lost=many", "'many' is not a whole number")]
    [InlineData("lost=-1", "'-1' is not a whole number")]
    [InlineData("hole=1", "'hole=1' would leave nothing of the market")]
    [InlineData("hole=3@1w", "'1w' is not a timeframe of at most a day")]
    [InlineData("hole=3@7m", "'7m' is not a timeframe of at most a day")]
    [InlineData("hole=3,for=5s", "'hole' can't be limited by 'for'")]
    [InlineData("silence,times=3", "'silence' is a state and can't be limited by 'times'")]
    [InlineData("refuse-stream=200", "'200' is not an answer to a handshake: 403, 418, 429, 451, 500, 503 are.")]
    [InlineData("rest-500=1", "'rest-500' takes no value, and '1' is one.")]
    [InlineData("rest-429=0", "'0' is not a whole number from 1 to 86400.")]
    [InlineData("rest-lag=2000", "'2000' is not a whole number from 1 to 1500.")]
    [InlineData("rest-500,times=0", "'0' is not a whole number from 1")]
    [InlineData("rest-500,for=soon", "'soon' is not a duration")]
    [InlineData("rest-500,until=noon", "'until=noon' is not a limit: for=DURATION and times=N are.")]
    [InlineData("rest-500,", "'' is not a limit")]
    [InlineData("telegram-migrate", "'telegram-migrate' needs a value: telegram-migrate=CHAT:NEWCHAT.")]
    [InlineData("telegram-migrate=1", "'1' is not a chat and the number of another")]
    [InlineData("telegram-migrate=1:@x", "'1:@x' is not a chat and the number of another")]
    [InlineData("telegram-blocked=bob", "'bob' is not a chat: a number or @name is.")]
    public async Task A_bad_fault_is_refused_with_its_value_and_what_is_allowed(string fault, string expected)
    {
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Fault.Parse(fault)).Message, StringComparison.Ordinal);
        var error = new StringWriter();
        Assert.Equal(64, await ExchangeCommand.RunAsync(["--listen", "127.0.0.1:0", "--fault", fault], TextWriter.Null, error, TestContext.Current.CancellationToken));
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("", "Nothing is asked for")]
    [InlineData("nonsense", "'nonsense' is not a fault")]
    [InlineData("{", "This is not JSON")]
    [InlineData("""{"set":"silence"}""", "\"set\" is not a list of faults")]
    [InlineData("""{"set":[1]}""", "\"set\" is not a list of faults")]
    [InlineData("""{"add":["silence"]}""", "'add' is not known")]
    [InlineData("""{"clear":["nonsense"]}""", "'nonsense' is not a fault")]
    [InlineData("""{"set":["rest-500","rest-500=7"]}""", "'rest-500' takes no value")]
    public async Task A_bad_change_is_refused_and_changes_nothing(string body, string expected)
    {
        await using var server = await StartAsync("rest-403");
        using var content = new StringContent(body);
        var (response, answer) = await TestExchange.SendAsync(server, HttpMethod.Post, "/control/faults", content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(FaultCatalog.All.Select(fault => fault.Syntax), answer.GetProperty("faults").EnumerateArray().Select(name => name.GetString()!), StringComparer.Ordinal);
        Assert.Equal(["rest-403"], await ActiveAsync(server), StringComparer.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Faults_are_added_replaced_and_cleared()
    {
        await using var server = await StartAsync("rest-403", "telegram-500");
        Assert.Equal(["rest-403", "telegram-500", "close-lost=3"], await ChangeAsync(server, "close-lost=3"), StringComparer.Ordinal);
        Assert.Equal(["rest-403", "telegram-500", "close-lost=5,times=2"], await ChangeAsync(server, "close-lost=5,times=2"), StringComparer.Ordinal);
        Assert.Equal(
            ["telegram-500", "close-lost=5,times=2", "lost=2", "rest-half"],
            await ChangeAsync(server, """{"set":["lost=2","rest-half"],"clear":["rest-403"]}"""),
            StringComparer.Ordinal);
        await TestExchange.ClearAsync(server);
        Assert.Empty(await ActiveAsync(server));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_fault_with_a_time_is_over_by_itself_and_its_count_stays()
    {
        await using var server = await StartAsync("rest-500,for=300ms");
        Assert.Equal(HttpStatusCode.InternalServerError, (await TestExchange.GetAsync(server, "/fapi/v1/ping")).Response.StatusCode);
        var (_, before) = await TestExchange.GetAsync(server, "/control/faults");
        Assert.InRange(before.GetProperty("active")[0].GetProperty("millisecondsLeft").GetInt32(), 0, 300);
        while ((await ActiveAsync(server)).Count > 0)
        {
            await Task.Yield();
        }

        Assert.Equal(HttpStatusCode.OK, (await TestExchange.GetAsync(server, "/fapi/v1/ping")).Response.StatusCode);
        var (_, after) = await TestExchange.GetAsync(server, "/control/faults");
        Assert.Equal(1, after.GetProperty("injected").GetProperty("rest-500").GetInt32());
    }

    [Fact(Timeout = 30_000)]
    public async Task Times_are_counted_down()
    {
        await using var server = await StartAsync("rest-500,times=3");
        await TestExchange.GetAsync(server, "/fapi/v1/ping");
        var (_, faults) = await TestExchange.GetAsync(server, "/control/faults");
        Assert.Equal("""[{"fault":"rest-500,times=3","name":"rest-500","injected":1,"timesLeft":2}]""", faults.GetProperty("active").GetRawText());
    }

    [Fact]
    public void Every_fault_has_a_name_of_its_own_and_a_default_that_it_takes()
    {
        Assert.Equal(Enum.GetValues<FaultKind>(), FaultCatalog.All.Select(fault => fault.Kind));
        Assert.Equal(FaultCatalog.All.Count, FaultCatalog.All.Select(fault => fault.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(FaultCatalog.All.Where(fault => !fault.NeedsValue), fault => Assert.Equal(fault.Kind, Fault.Parse(fault.Name).Definition.Kind));
    }

    private static Task<ExchangeServer> StartAsync(params string[] faults) => ExchangeServer.StartAsync(
        TestExchange.OnAnyPort with { WaitFor = 1, Faults = faults }, cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<List<string>> ChangeAsync(ExchangeServer server, string body)
    {
        using var content = new StringContent(body);
        return Names((await TestExchange.SendAsync(server, HttpMethod.Post, "/control/faults", content)).Body);
    }

    private static async Task<List<string>> ActiveAsync(ExchangeServer server) => Names((await TestExchange.GetAsync(server, "/control/faults")).Body);

    private static List<string> Names(JsonElement faults) =>
        [.. faults.GetProperty("active").EnumerateArray().Select(fault => fault.GetProperty("fault").GetString()!)];
}
