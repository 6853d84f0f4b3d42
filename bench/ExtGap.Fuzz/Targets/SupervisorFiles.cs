using ExtGap.Fuzz.Running;
using ExtGap.Supervisor;
using ExtGap.Supervisor.Configuration;

namespace ExtGap.Fuzz.Targets;

/// <summary><c>supervisor.json</c> on disk, read by <see cref="SupervisorFile"/>.</summary>
internal sealed class SupervisorFiles : FuzzTarget
{
    private const string Everything = """
        {
          // comments and trailing commas are taken
          "$schema": "./supervisor.schema.json",
          "runDirectory": "run",
          "defaults": {
            "autoStart": true, "restart": { "policy": "on-failure", "initialDelay": "500ms", "factor": 2.5, "maxDelay": "1m", "jitter": 0.1, "resetAfter": 60, "maxRetries": null },
            "readyTimeout": "60s", "startSeconds": 10, "stop": { "signal": "SIGINT", "timeout": "30s" }, "watchdog": "60s", "maxMemory": "500MB",
            "alert": { "after": "10m", "restarts": 5, "within": "10m" }, "logs": { "directory": "logs", "maxSize": "10MB", "backups": 3 }, "environmentFile": ".env",
            "environment": { "TZ": "UTC", "A.b-c": "" },
          },
          "programs": {
            "3m": { "bot": { "symbol": ["BTCUSDT", "ETHUSDT"], "timeframe": "3m", "notional": 1000, "maxHold": "24h", "max-hold": "24h" }, "autoStart": false },
            "other_1": { "command": "/bin/true", "arguments": ["-v", "\u00e9"], "directory": "..", "maxMemory": null, "restart": { "maxRetries": 3 } },
          }
        }
        """;

    private readonly ScratchFile _file = new("supervisor.json");

    public override string Name => "supervisor-json";

    public override IReadOnlyList<byte[]> Corpus { get; } = Texts.Utf8(
        """{"$schema":"./supervisor.schema.json","programs":{"3m":{"bot":{"symbol":"BTCUSDT","timeframe":"3m"}},"15m":{"bot":{"symbol":"BTCUSDT","timeframe":"15m"}},"1h":{"bot":{"symbol":"BTCUSDT","timeframe":"1h"}}}}""",
        Everything.Replace(", \"max-hold\": \"24h\"", string.Empty, StringComparison.Ordinal),
        "\uFEFF{\"programs\":{\"a\":{\"command\":\"x\"}}}");

    public override IReadOnlyList<byte[]> Words { get; } = Texts.Quoted(
        "programs", "defaults", "runDirectory", "bot", "command", "arguments", "directory", "restart", "policy", "always", "never", "initialDelay", "factor", "maxDelay", "jitter", "maxRetries",
        "readyTimeout", "startSeconds", "stop", "signal", "SIGTERM", "timeout", "watchdog", "maxMemory", "alert", "logs", "maxSize", "backups", "environment", "environmentFile", "autoStart",
        "symbol", "timeframe", "notional", "max-hold", "data-directory", "fresh", "999999999999999999d", "1.999GiB", "9999999TB", "30s", "/", "~", "a\\u0000b", "PATH", "NOTIFY_SOCKET", "3m", "3M");

    // A file may be 1 MB, and so the buffer is; each fault has a text of its own.
    public override long Allowance(int length) => (2 * 1024 * 1024) + (512L * length);

    public override bool Read(byte[] input)
    {
        _file.Write(input);
        try
        {
            Check(SupervisorFile.Load(_file.Path));
            return true;
        }
        catch (ConfigurationException e)
        {
            BrokenPromiseException.ThrowIf(e.ExitCode != ExitCode.Configuration || e.Faults.Count == 0, "a refusal without a fault");
            BrokenPromiseException.ThrowIf(e.Faults.Any(fault => fault.Line < 0 || fault.Message.Length == 0 || fault.Message.AsSpan().IndexOfAny('\n', '\r') >= 0), $"a fault that is no line: {e.Message}");
            return false;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _file.Dispose();
    }

    private static void Check(SupervisorOptions options)
    {
        BrokenPromiseException.ThrowIf(options.Programs.Count == 0, "no program");
        BrokenPromiseException.ThrowIf(!Path.IsPathFullyQualified(options.RunDirectory), $"a run directory '{options.RunDirectory}'");
        BrokenPromiseException.ThrowIf(options.Programs.DistinctBy(program => program.Name, StringComparer.OrdinalIgnoreCase).Count() != options.Programs.Count, "two programs of one name");
        foreach (var program in options.Programs)
        {
            var restart = program.Restart;
            BrokenPromiseException.ThrowIf(program.Name.Length is 0 or > 32 || program.Name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-')), $"a program '{program.Name}'");
            BrokenPromiseException.ThrowIf(restart.Factor is not (>= 1 and <= 100) || restart.Jitter is not (>= 0 and <= 1) || restart.InitialDelay < TimeSpan.Zero || restart.MaxDelay < restart.InitialDelay, $"a restart of {restart}");
            BrokenPromiseException.ThrowIf(program.Watchdog < TimeSpan.FromSeconds(2) || program.StartTime < TimeSpan.Zero || program.Stop.Timeout < TimeSpan.Zero || program.MaxMemory <= 0, $"a program of {program}");
            BrokenPromiseException.ThrowIf(!Path.IsPathFullyQualified(program.Logs.Directory) || !Path.IsPathFullyQualified(program.EnvironmentFile) || program.Logs.MaxSize <= 0, $"files of {program}");
            BrokenPromiseException.ThrowIf(program.Environment.Any(variable => variable.Key.Contains('\0') || variable.Value.Contains('\0')), "a NUL in the environment");
        }
    }
}
