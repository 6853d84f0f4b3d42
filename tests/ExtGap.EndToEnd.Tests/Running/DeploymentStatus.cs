using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>What <c>extgap status --json</c> says.</summary>
public sealed class DeploymentStatus(JsonNode json)
{
    public int SupervisorPid => json["supervisor"]!["pid"]!.GetValue<int>();

    public IEnumerable<string> States => json["programs"]!.AsArray().Select(program => program!["state"]!.GetValue<string>());

    /// <summary>The processes of all programs, in the order of supervisor.json.</summary>
    public IReadOnlyList<int> Pids => [.. json["programs"]!.AsArray().Select(program => program!["pid"]).OfType<JsonNode>().Select(pid => pid.GetValue<int>())];

    public JsonNode this[string program] => json["programs"]!.AsArray().First(each => each!["name"]!.GetValue<string>() == program)!;

    public string StateOf(string program) => this[program]["state"]!.GetValue<string>();

    public int? PidOf(string program) => this[program]["pid"]?.GetValue<int>();

    /// <summary>Whether a bot gets candles.</summary>
    public bool IsLive(string program) => this[program]["bot"]?["feed"]?.GetValue<string>() == "live";

    /// <summary>Whether Telegram has all that a bot had to say, by what it reported at most so long ago.</summary>
    public bool HasToldAll(string program, TimeSpan age) =>
        this[program]["bot"] is { } bot && bot["messagesWaiting"]!.GetValue<long>() == 0 && bot["ageSeconds"]!.GetValue<double>() < age.TotalSeconds;

    /// <summary>Whether a bot gets candles and Telegram has all that it had to say.</summary>
    public bool IsQuiet(string program) => IsLive(program) && HasToldAll(program, TimeSpan.MaxValue);

    public override string ToString() => json.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
