using System.Text.Json.Nodes;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Supervisor;

/// <summary>One bot in trouble, and what the supervisor tells the chats of it.</summary>
public abstract class AlertTest
{
    protected const string Symbol = "TESTUSDT";
    protected const string Name = "1m";

    /// <summary>A bot that is tried again at once, and whose third restart is an alert.</summary>
    protected static JsonObject Settings(string initialDelay = "100ms", string alertAfter = "10m") => new()
    {
        ["restart"] = new JsonObject { ["initialDelay"] = initialDelay, ["factor"] = 1, ["jitter"] = 0, ["resetAfter"] = "8s" },
        ["alert"] = new JsonObject { ["restarts"] = 3, ["after"] = alertAfter },
    };

    protected static Task<ExchangeProcess> StartExchangeAsync(CancellationToken cancellationToken) => ExchangeProcess.StartAsync(cancellationToken, "--symbol", Symbol);

    protected static Deployment Deploy(ExchangeProcess exchange, JsonObject settings) => Deployment.OfBots(exchange, Symbol, [Name], settings);

    /// <summary>Kills the bot, again and again, as soon as it runs.</summary>
    protected static async Task KillAsync(Deployment deployment, int times, CancellationToken cancellationToken)
    {
        int? last = null;
        for (var kill = 0; kill < times; kill++)
        {
            var status = await deployment.WaitForAsync(status => status.StateOf(Name) == "RUNNING" && status.PidOf(Name) != last, cancellationToken);
            last = status.PidOf(Name);
            Signals.Send(last!.Value, Signals.Kill);
        }

        await deployment.WaitForAsync(status => status.StateOf(Name) == "RUNNING" && status.PidOf(Name) != last, cancellationToken);
    }

    /// <summary>What came into the chats and is not a bot's own, once the last of it is there.</summary>
    protected static async Task<IReadOnlyList<string>> WaitForAlertsAsync(ExchangeProcess exchange, string last, CancellationToken cancellationToken) =>
        Alerts(await ChatMessage.WaitForAsync(exchange, messages => Alerts(messages).Any(text => text.Contains(last, StringComparison.Ordinal)), cancellationToken));

    protected static async Task<IReadOnlyList<string>> ReadAlertsAsync(ExchangeProcess exchange, CancellationToken cancellationToken) =>
        Alerts((await ChatMessage.ReadAsync(exchange, cancellationToken)).Where(message => message.IsAccepted));

    // A bot's messages begin with their mark.
    private static IReadOnlyList<string> Alerts(IEnumerable<ChatMessage> messages) =>
        [.. messages.Select(message => message.Text).Where(text => text.StartsWith($"{Name} ", StringComparison.Ordinal) || text.StartsWith($"{Name}'", StringComparison.Ordinal))];
}
