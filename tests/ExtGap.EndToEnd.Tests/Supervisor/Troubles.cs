using System.Text.Json.Nodes;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Supervisor;

/// <summary>Programs that do not run: what the verbs say, and with which exit code.</summary>
public sealed class Troubles
{
    private const string Symbol = "TESTUSDT";

    [Fact(Timeout = 60_000)]
    public async Task A_crash_loop_shows_in_the_status_with_its_next_try_its_end_and_its_last_words()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var deployment = new Deployment(new JsonObject
        {
            ["defaults"] = new JsonObject { ["restart"] = new JsonObject { ["initialDelay"] = "20s", ["jitter"] = 0 } },
            ["programs"] = new JsonObject { ["loop"] = new JsonObject { ["command"] = "/bin/sh", ["arguments"] = new JsonArray("-c", "echo out of luck >&2; exit 3") } },
        });

        var started = await deployment.RunAsync(1, cancellationToken, "start-all");
        Assert.Contains("loop: BACKOFF: exit code 3; last error: out of luck", started, StringComparison.Ordinal);
        var status = await deployment.RunAsync(3, cancellationToken, "status");
        Assert.Matches(@"loop +BACKOFF .*next try in (20|1[0-9]) s", status);
        Assert.Contains("exit code 3", status, StringComparison.Ordinal);
        Assert.Contains("out of luck", status, StringComparison.Ordinal);
        var json = (await deployment.StatusAsync(cancellationToken))!["loop"];
        Assert.Equal(("exit code 3", "out of luck", 1), (json["lastExit"]!.GetValue<string>(), json["lastError"]!.GetValue<string>(), json["failures"]!.GetValue<int>()));
        Assert.InRange(json["nextTrySeconds"]!.GetValue<double>(), 0, 20);
        Assert.Contains("loop: BACKOFF, exit code 3", await deployment.RunAsync(1, cancellationToken, "health"), StringComparison.Ordinal);
        await deployment.RunAsync(0, cancellationToken, "stop-all");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_bot_of_a_symbol_that_the_exchange_does_not_have_is_FATAL_at_once_and_the_other_runs()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await ExchangeProcess.StartAsync(cancellationToken, "--symbol", Symbol);
        await using var deployment = Deployment.OfBots(exchange, Symbol, ["1m"]);
        deployment.Json["programs"]!["wrong"] = Deployment.Bot(exchange, "NOSUCHUSDT", "1m");
        deployment.Write();

        var asked = TimeProvider.System.GetTimestamp();
        await deployment.RunAsync(cancellationToken, "start-all");
        var status = await deployment.WaitForAsync(status => status.StateOf("wrong") == "FATAL", cancellationToken);
        Assert.InRange(TimeProvider.System.GetElapsedTime(asked).TotalSeconds, 0, 20);
        Assert.Equal(("exit code 78", "RUNNING"), (status["wrong"]["lastExit"]!.GetValue<string>(), status.StateOf("1m")));
        Assert.Contains("NOSUCHUSDT", status["wrong"]["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, status["wrong"]["restarts"]!.GetValue<int>());
        Assert.Contains("NOSUCHUSDT", await deployment.RunAsync(3, cancellationToken, "status"), StringComparison.Ordinal);
        await deployment.RunAsync(0, cancellationToken, "status", "1m");
        Assert.Contains("wrong: FATAL", await deployment.RunAsync(1, cancellationToken, "health"), StringComparison.Ordinal);
        await deployment.RunAsync(0, cancellationToken, "stop-all");
    }

    [Fact(Timeout = 60_000)]
    public async Task Health_is_1_while_one_bot_is_stopped_and_0_when_all_run()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await ExchangeProcess.StartAsync(cancellationToken, "--symbol", Symbol);
        await using var deployment = Deployment.OfBots(exchange, Symbol, ["1m", "3m"]);
        await deployment.RunAsync(0, cancellationToken, "start-all");
        await deployment.WaitForAsync(status => status.IsQuiet("1m") && status.IsQuiet("3m"), cancellationToken);
        await deployment.RunAsync(0, cancellationToken, "health");

        await deployment.RunAsync(0, cancellationToken, "stop", "3m");
        Assert.Contains("3m: STOPPED", await deployment.RunAsync(1, cancellationToken, "health"), StringComparison.Ordinal);
        await deployment.RunAsync(0, cancellationToken, "start", "3m");
        await deployment.WaitForAsync(status => status.IsQuiet("3m"), cancellationToken);
        await deployment.RunAsync(0, cancellationToken, "health");
        await deployment.RunAsync(0, cancellationToken, "stop-all");
        await deployment.RunAsync(1, cancellationToken, "health");
    }
}
