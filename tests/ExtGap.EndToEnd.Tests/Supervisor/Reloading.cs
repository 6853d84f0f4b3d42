using System.Text.Json.Nodes;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Supervisor;

/// <summary>A configuration that changes while bots run.</summary>
public sealed class Reloading
{
    private const string Symbol = "TESTUSDT";

    [Fact(Timeout = 60_000)]
    public async Task A_reload_starts_what_is_new_restarts_what_changed_and_leaves_the_rest()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await ExchangeProcess.StartAsync(cancellationToken, "--symbol", Symbol);
        await using var deployment = Deployment.OfBots(exchange, Symbol, ["3m", "15m"]);
        await deployment.RunAsync(0, cancellationToken, "start-all");
        var before = (await deployment.StatusAsync(cancellationToken))!;

        var programs = (JsonObject)deployment.Json["programs"]!;
        programs["10m"] = Deployment.Bot(exchange, Symbol, "10m");
        deployment.Write();
        await deployment.RunAsync(0, cancellationToken, "reload");
        var added = (await deployment.StatusAsync(cancellationToken))!;
        Assert.Equal(["RUNNING", "RUNNING", "RUNNING"], added.States);
        Assert.Equal(before.Pids, added.Pids.Take(2));

        programs["15m"]!["bot"]!["language"] = "fr";
        deployment.Write();
        Assert.Contains("15m", await deployment.RunAsync(0, cancellationToken, "reload"), StringComparison.Ordinal);
        var changed = (await deployment.StatusAsync(cancellationToken))!;
        Assert.Equal(["RUNNING", "RUNNING", "RUNNING"], changed.States);
        Assert.Equal((added.PidOf("3m"), added.PidOf("10m")), (changed.PidOf("3m"), changed.PidOf("10m")));
        Assert.NotEqual(added.PidOf("15m"), changed.PidOf("15m"));
        Assert.Equal(0, changed["15m"]["restarts"]!.GetValue<int>());

        programs["3m"]!["bot"]!["timefraem"] = "3m";
        programs.Remove("10m");
        deployment.Write();
        Assert.Contains("programs.3m.bot.timefraem", await deployment.RunAsync(78, cancellationToken, "reload"), StringComparison.Ordinal);
        Assert.Equal(changed.Pids, (await deployment.StatusAsync(cancellationToken))!.Pids);

        // What only a bot knows is wrong changes nothing either.
        ((JsonObject)programs["3m"]!["bot"]!).Remove("timefraem");
        programs["3m"]!["bot"]!["timeframe"] = "7x";
        deployment.Write();
        Assert.Contains("programs.3m: --timeframe: '7x'", await deployment.RunAsync(78, cancellationToken, "reload"), StringComparison.Ordinal);
        Assert.Equal(changed.Pids, (await deployment.StatusAsync(cancellationToken))!.Pids);

        programs["3m"]!["bot"]!["timeframe"] = "3m";
        deployment.Write();
        await deployment.RunAsync(0, cancellationToken, "reload");
        var removed = (await deployment.StatusAsync(cancellationToken))!;
        Assert.Equal(changed.Pids.Take(2), removed.Pids);
        Assert.False(Signals.IsAlive(changed.PidOf("10m")!.Value));
        await deployment.RunAsync(0, cancellationToken, "stop-all");
    }
}
