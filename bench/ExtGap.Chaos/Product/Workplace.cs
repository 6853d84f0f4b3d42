using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ExtGap.Chaos.Product;

/// <summary>
/// The folder of a run. What the product writes is in <c>deployment/</c>, which is a small disk of its own where that can be had, so that it can be
/// filled; what the harness writes is beside it.
/// </summary>
internal sealed class Workplace : IDisposable
{
    public const string Beat = "beat";

    /// <summary>The secret, as it could be in a file or log where it must not be.</summary>
    public const string Secret = "a-token-that-must-appear-nowhere";

    private const string DiskSize = "192m";
    private static readonly (string File, string Project)[] Files = [("extgap", "ExtGap.Supervisor"), ("extgap-bot", "ExtGap.Bot"), ("extgap-exchange", "ExtGap.Exchange")];

    private readonly Dictionary<string, string> _executables;

    private Workplace(string root, int days, Dictionary<string, string> executables) => (Root, MarketLength, _executables) = (root, TimeSpan.FromDays(days), executables);

    public static IReadOnlyList<string> Timeframes { get; } = ["3m", "15m", "1h"];

    public static IReadOnlyList<string> Chats { get; } = ["1001", "1002"];

    public string Root { get; }

    public string Deployment => Path.Combine(Root, "deployment");

    public string Data => Path.Combine(Deployment, "data");

    public string Logs => Path.Combine(Deployment, "logs");

    public string RunDirectory => Path.Combine(Deployment, "run");

    public string Configuration => Path.Combine(Deployment, "supervisor.json");

    public string Beats => Path.Combine(Root, "beats");

    /// <summary>From the first candle's open to the last one's close.</summary>
    public TimeSpan MarketLength { get; }

    public string Klines => Path.Combine(Root, $"{SyntheticMonth.Symbol}-1m.csv");

    /// <summary>Whether what the product writes has a small disk of its own.</summary>
    public bool HasOwnDisk { get; private set; }

    /// <summary>The wall clock of what is started here; none where it can't be moved.</summary>
    public WrongClock? Clock { get; private set; }

    /// <summary>Makes the folder.</summary>
    /// <param name="options">Where it is to be.</param>
    /// <exception cref="InvalidOperationException">An executable is missing.</exception>
    public static Workplace Create(ChaosOptions options)
    {
        var executables = Files.ToDictionary(
            file => file.File, file => Path.Combine(options.Executables is { } folder ? Path.GetFullPath(folder) : BuildOf(file.Project), file.File), StringComparer.Ordinal);
        foreach (var missing in executables.Values.Where(path => !File.Exists(path)))
        {
            throw new InvalidOperationException($"--executables: there is no {missing}.");
        }

        var root = options.Folder is { } given ? Directory.CreateDirectory(given).FullName : Directory.CreateTempSubdirectory("extgap-chaos-").FullName;
        var place = new Workplace(root, options.Days, executables);
        foreach (var folder in new[] { place.Deployment, place.Beats })
        {
            Directory.CreateDirectory(folder);
        }

        place.HasOwnDisk = Environment.IsPrivilegedProcess && RunAside("mount", "-t", "tmpfs", "-o", $"size={DiskSize},mode=0700", "extgap-chaos", place.Deployment) == 0;
        SyntheticMonth.Write(place.Klines, options.Seed, options.Days);
        place.Clock = WrongClock.TryMake(root);
        return place;
    }

    /// <summary>Where one of the product's executables is.</summary>
    public string Executable(string name) => _executables[name];

    /// <summary>Starts a program of the product's, with a wall clock that can be moved.</summary>
    public ProcessStartInfo StartOf(string name, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Executable(name), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Root,
            Environment = { ["EXTGAP_BOT"] = Executable("extgap-bot") },
        };
        Clock?.PutInto(start.Environment);
        return start;
    }

    /// <summary>Writes supervisor.json and .env.</summary>
    /// <param name="exchange">Address of the exchange, such as 127.0.0.1:9090.</param>
    /// <param name="watchdogSeconds">What a reload changes.</param>
    /// <param name="hasExtra">Whether there is a program more, which a reload adds and takes away.</param>
    /// <param name="timeframes">One bot each; the usual three where nothing is said.</param>
    public void Configure(string exchange, int watchdogSeconds, bool hasExtra, IReadOnlyList<string>? timeframes = null)
    {
        var programs = new JsonObject();
        foreach (var timeframe in timeframes ?? Timeframes)
        {
            programs[timeframe] = new JsonObject
            {
                ["bot"] = new JsonObject
                {
                    ["symbol"] = SyntheticMonth.Symbol,
                    ["timeframe"] = timeframe,
                    ["since"] = SyntheticMonth.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    ["stats-interval"] = "5d",
                    ["stream-url"] = $"ws://{exchange}",
                    ["api-url"] = $"http://{exchange}",
                    ["telegram-url"] = $"http://{exchange}",
                },
            };
        }

        var beat = Environment.ProcessPath ?? throw new InvalidOperationException("This program has no path.");
        string[] arguments = Path.GetFileNameWithoutExtension(beat) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "extgap-chaos.dll"), "beat", Beats] : ["beat", Beats];
        programs[Beat] = new JsonObject { ["command"] = beat, ["arguments"] = new JsonArray([.. arguments.Select(argument => (JsonNode)argument)]) };
        if (hasExtra)
        {
            programs["extra"] = new JsonObject { ["command"] = "sleep", ["arguments"] = new JsonArray("100000") };
        }

        var json = new JsonObject
        {
            ["defaults"] = new JsonObject
            {
                ["startSeconds"] = 0.2,
                ["watchdog"] = watchdogSeconds,
                ["restart"] = new JsonObject { ["initialDelay"] = "200ms", ["maxDelay"] = "2s", ["resetAfter"] = "5s" },
                ["stop"] = new JsonObject { ["timeout"] = "25s" },
                ["logs"] = new JsonObject { ["maxSize"] = "1MB", ["backups"] = 100 },
            },
            ["programs"] = programs,
        };
        Replace(Configuration, json.ToJsonString());
        Replace(
            Path.Combine(Deployment, ".env"),
            $"TELEGRAM_BOT_TOKEN=4242:{Secret}\nTELEGRAM_CHAT_IDS={string.Join(',', Chats)}\nEXTGAP_TELEGRAM_URL=http://{exchange}\n");
    }

    /// <summary>Deletes everything.</summary>
    public void Delete()
    {
        Dispose();
        Directory.Delete(Root, recursive: true);
    }

    public void Dispose()
    {
        if (HasOwnDisk)
        {
            RunAside("umount", "--lazy", Deployment);
            HasOwnDisk = false;
        }
    }

    // From bench/ExtGap.Chaos/bin/CONFIGURATION/FRAMEWORK to src/PROJECT/bin/CONFIGURATION/FRAMEWORK.
    private static string BuildOf(string project)
    {
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.GetFullPath(Path.Combine("..", "..", "..", "..", "..", "src", project, "bin", framework.Parent!.Name, framework.Name), framework.FullName);
    }

    private static void Replace(string path, string text)
    {
        // On a full disk the old file stays.
        var part = path + ".part";
        File.WriteAllText(part, text);
        File.Move(part, path, overwrite: true);
    }

    private static int RunAside(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
