using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>A folder with a supervisor.json of its own, and the supervisor that runs for it: both end with the test.</summary>
public sealed class Deployment : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public Deployment(string json)
    {
        Configuration = _folder["supervisor.json"];
        Write(json);
    }

    /// <summary>Its supervisor.json.</summary>
    public string Configuration { get; }

    public string Folder => _folder.Path;

    public string this[string name] => _folder[name];

    /// <summary>Programs that are bots on an exchange: one a timeframe, named by it.</summary>
    public static Deployment OfBots(ExchangeProcess exchange, string symbol, IEnumerable<string> timeframes, JsonObject? defaults = null, params (string Option, string Value)[] options)
    {
        var programs = new JsonObject();
        foreach (var timeframe in timeframes)
        {
            var bot = new JsonObject { ["symbol"] = symbol, ["timeframe"] = timeframe };
            foreach (var (option, value) in Pairs(exchange.BotOptions).Concat(options))
            {
                bot[option] = value;
            }

            programs[timeframe] = new JsonObject { ["bot"] = bot };
        }

        return new(new JsonObject { ["defaults"] = defaults ?? [], ["programs"] = programs }.ToJsonString());
    }

    /// <summary>Gives it a .env with credentials that only the exchange's stand-in for Telegram knows.</summary>
    public Deployment WithTelegram(string chats = "1001")
    {
        File.WriteAllLines(_folder[".env"], Telegram.Environment(chats).Select(variable => $"{variable.Key}={variable.Value}"));
        return this;
    }

    /// <summary>Writes supervisor.json anew.</summary>
    public void Write(string json) => File.WriteAllText(Configuration, json);

    /// <summary>Runs a verb to its end.</summary>
    public async Task<VerbRun> RunAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        await using var verb = Start(arguments);
        var exitCode = await verb.WaitForExitAsync(cancellationToken);
        return new(exitCode, string.Join('\n', verb.Lines));
    }

    /// <summary>Starts a verb.</summary>
    public ChildProcess Start(params IEnumerable<string> arguments) => ChildProcess.Start("extgap", _environment, [.. arguments, "--config", Configuration]);

    /// <summary>The status as JSON; none where no supervisor runs.</summary>
    public async Task<DeploymentStatus?> StatusAsync(CancellationToken cancellationToken)
    {
        var run = await RunAsync(cancellationToken, "status", "--json");
        return run.ExitCode == 4 ? null : new(JsonNode.Parse(run.Output)!);
    }

    /// <summary>Waits until the status is as somebody wants it.</summary>
    public async Task<DeploymentStatus> WaitForAsync(Func<DeploymentStatus, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await StatusAsync(cancellationToken) is { } status && wanted(status))
            {
                return status;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    public string Log(string program, string stream = "stdout") => File.ReadAllText(_folder[$"logs/extgap_indicator_{program}_{stream}.log"]);

    /// <summary>The pid of the supervisor that holds the lock, if one does.</summary>
    public int? SupervisorPid => File.Exists(_folder["run/extgap.pid"])
        ? int.Parse(File.ReadLines(_folder["run/extgap.pid"]).First(), CultureInfo.InvariantCulture)
        : null;

    public async ValueTask DisposeAsync()
    {
        var stopped = await RunAsync(CancellationToken.None, "stop-all");
        if (stopped.ExitCode is not (0 or 1 or 4))
        {
            throw new InvalidOperationException($"The supervisor could not be stopped: {stopped}");
        }

        _folder.Dispose();
    }

    private static IEnumerable<(string, string)> Pairs(IReadOnlyList<string> options) => options.Chunk(2).Select(pair => (pair[0][2..], pair[1]));
}

/// <summary>What became of a verb.</summary>
public sealed record VerbRun(int ExitCode, string Output);

/// <summary>What <c>extgap status --json</c> says.</summary>
public sealed class DeploymentStatus(JsonNode json)
{
    public int SupervisorPid => json["supervisor"]!["pid"]!.GetValue<int>();

    public IEnumerable<string> States => json["programs"]!.AsArray().Select(program => program!["state"]!.GetValue<string>());

    public JsonNode this[string program] => json["programs"]!.AsArray().First(each => each!["name"]!.GetValue<string>() == program)!;

    public string StateOf(string program) => this[program]["state"]!.GetValue<string>();

    public int? PidOf(string program) => this[program]["pid"]?.GetValue<int>();

    public override string ToString() => json.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
