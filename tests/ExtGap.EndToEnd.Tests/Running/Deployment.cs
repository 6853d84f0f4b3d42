using System.Text.Json.Nodes;

namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>A folder with a supervisor.json of its own, and the supervisor that runs for it: both end with the test.</summary>
public sealed class Deployment : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public Deployment(JsonObject configuration)
    {
        Json = configuration;
        Configuration = _folder["supervisor.json"];
        Write();
    }

    public Deployment(string configuration)
        : this(JsonNode.Parse(configuration)!.AsObject())
    {
    }

    /// <summary>What supervisor.json says; <see cref="Write()"/> makes it so.</summary>
    public JsonObject Json { get; }

    /// <summary>Its supervisor.json.</summary>
    public string Configuration { get; }

    public string Folder => _folder.Path;

    /// <summary>Where its bots write.</summary>
    public string DataFolder => _folder["data"];

    public string this[string name] => _folder[name];

    /// <summary>Programs that are bots on an exchange: one a timeframe, named by it.</summary>
    public static Deployment OfBots(ExchangeProcess exchange, string symbol, IEnumerable<string> timeframes, JsonObject? defaults = null, params (string Option, string Value)[] options)
    {
        var programs = new JsonObject();
        foreach (var timeframe in timeframes)
        {
            programs[timeframe] = Bot(exchange, symbol, timeframe, options);
        }

        return new(new JsonObject { ["defaults"] = defaults ?? [], ["programs"] = programs });
    }

    /// <summary>One such program.</summary>
    public static JsonObject Bot(ExchangeProcess exchange, string symbol, string timeframe, params (string Option, string Value)[] options)
    {
        var bot = new JsonObject { ["symbol"] = symbol, ["timeframe"] = timeframe };
        foreach (var (option, value) in exchange.BotOptions.Chunk(2).Select(pair => (pair[0][2..], pair[1])).Concat(options))
        {
            bot[option] = value;
        }

        return new() { ["bot"] = bot };
    }

    /// <summary>Gives it a .env with credentials that only the exchange's stand-in for Telegram knows.</summary>
    public Deployment WithTelegram(ExchangeProcess exchange, string chats = "1001")
    {
        File.WriteAllLines(_folder[".env"], Telegram.Environment(chats).Select(variable => $"{variable.Key}={variable.Value}").Append($"EXTGAP_TELEGRAM_URL={exchange.Api}"));
        return this;
    }

    /// <summary>Writes supervisor.json anew.</summary>
    public void Write() => File.WriteAllText(Configuration, Json.ToJsonString());

    /// <summary>Writes something else there, be it a configuration or not.</summary>
    public void Write(string text) => File.WriteAllText(Configuration, text);

    /// <summary>Runs a verb to its end.</summary>
    public async Task<VerbRun> RunAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        await using var verb = Start(arguments);
        var exitCode = await verb.WaitForExitAsync(cancellationToken);
        return new(exitCode, string.Join('\n', verb.Lines));
    }

    /// <summary>Runs a verb that must end with an exit code.</summary>
    /// <returns>What it said.</returns>
    public async Task<string> RunAsync(int exitCode, CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        var run = await RunAsync(cancellationToken, arguments);
        Assert.True(run.ExitCode == exitCode, $"Exit code {run.ExitCode}, not {exitCode}:\n{run.Output}");
        return run.Output;
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
        DeploymentStatus? last = null;
        return await Waiting.ForAsync(async () => (last = await StatusAsync(cancellationToken)) is not null && wanted(last) ? last : null, () => $"{last}\n{this}", cancellationToken);
    }

    public string Log(string program, string stream = "stdout") => File.ReadAllText(_folder[$"logs/extgap_indicator_{program}_{stream}.log"]);

    /// <summary>The supervisor's own log.</summary>
    public string SupervisorLog => File.ReadAllText(_folder["logs/supervisor.log"]);

    /// <summary>Waits until the supervisor's own log has a text.</summary>
    public Task WaitForLogAsync(string text, CancellationToken cancellationToken) =>
        Waiting.UntilAsync(() => SupervisorLog.Contains(text, StringComparison.Ordinal), ToString, cancellationToken);

    /// <summary>Waits until a supervisor that was stopped has let go of its lock.</summary>
    public Task WaitForEndAsync(CancellationToken cancellationToken) =>
        Waiting.UntilAsync(() => IsFree(_folder["run/extgap.lock"]), ToString, cancellationToken);

    /// <summary>The ends of all its logs, and what its bots say of themselves.</summary>
    public override string ToString()
    {
        const int shown = 40;
        string[] files = [.. Files("logs", "*.log"), .. Files("data", "*.status.json")];
        return string.Join('\n', files.Select(file => $"== {file}\n{string.Join('\n', File.ReadLines(file).TakeLast(shown))}"));
    }

    public async ValueTask DisposeAsync()
    {
        var stopped = await RunAsync(CancellationToken.None, "stop-all");
        _folder.Dispose();
        if (stopped.ExitCode is not (0 or 1))
        {
            throw new InvalidOperationException($"The supervisor could not be stopped: {stopped}");
        }
    }

    private IEnumerable<string> Files(string folder, string pattern) => Directory.Exists(_folder[folder]) ? Directory.EnumerateFiles(_folder[folder], pattern).Order(StringComparer.Ordinal) : [];

    private static bool IsFree(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

/// <summary>What became of a verb.</summary>
public sealed record VerbRun(int ExitCode, string Output);
