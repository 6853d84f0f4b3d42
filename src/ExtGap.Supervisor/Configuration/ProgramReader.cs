using ExtGap.Supervisor.Configuration.Reading;

namespace ExtGap.Supervisor.Configuration;

/// <summary>Reads a program, or the defaults of all: what an object does not say is what <c>under</c> has, key by key.</summary>
internal sealed class ProgramReader(string folder, FaultList faults)
{
    /// <summary>The keys that only a program has.</summary>
    public static readonly string[] OwnKeys = ["bot", "command", "arguments", "directory"];

    /// <summary>What a program is where neither it nor the defaults say anything.</summary>
    public ProgramOptions BuiltIn { get; } = new()
    {
        Name = string.Empty,
        Command = new ProgramCommand.Executable(string.Empty, [], folder),
        EnvironmentFile = Path.Combine(folder, ".env"),
        Logs = new(Path.Combine(folder, "logs")),
    };

    /// <summary>Whether it is a key that <c>defaults</c> and programs may have.</summary>
    public bool IsSetting(string key)
    {
        var nothing = new ConfigObject(new(0, []), string.Empty, new());
        ReadSettings(nothing, BuiltIn);
        return nothing.Knows(key);
    }

    public ProgramOptions ReadDefaults(ConfigObject json)
    {
        var defaults = ReadSettings(json, BuiltIn);
        json.RejectUnknown(key => OwnKeys.Contains(key, StringComparer.Ordinal) ? "is each program's own: it has no default." : null);
        return defaults;
    }

    public ProgramOptions ReadProgram(string name, ConfigObject json, ProgramOptions under)
    {
        var command = new CommandReader(folder).Read(json);
        var program = ReadSettings(json, under) with { Name = name };
        json.RejectUnknown();
        return command is null ? program : program with { Command = command };
    }

    private ProgramOptions ReadSettings(ConfigObject json, ProgramOptions under) => under with
    {
        Environment = json.ReadObject("environment", under.Environment, inner => EnvironmentReader.Read(inner, under.Environment)),
        EnvironmentFile = Absolute(json.Read("environmentFile", ProgramLimits.File, under.EnvironmentFile)),
        EnvironmentFileIsNamed = under.EnvironmentFileIsNamed || json.Has("environmentFile"),
        AutoStart = json.Read("autoStart", ProgramLimits.AutoStart, under.AutoStart),
        Restart = json.ReadObject("restart", under.Restart, inner => ReadRestart(inner, under.Restart)),
        ReadyTimeout = json.Read("readyTimeout", ProgramLimits.ReadyTimeout, under.ReadyTimeout),
        StartTime = TimeSpan.FromSeconds(json.Read("startSeconds", ProgramLimits.StartSeconds, under.StartTime.TotalSeconds)),
        Stop = json.ReadObject("stop", under.Stop, inner => ReadStop(inner, under.Stop)),
        Watchdog = json.Read("watchdog", ProgramLimits.Watchdog, under.Watchdog),
        MaxMemory = json.Read("maxMemory", ProgramLimits.MaxMemory, under.MaxMemory),
        Alert = json.ReadObject("alert", under.Alert, inner => ReadAlert(inner, under.Alert)),
        Logs = json.ReadObject("logs", under.Logs, inner => ReadLogs(inner, under.Logs)),
    };

    private RestartOptions ReadRestart(ConfigObject json, RestartOptions under)
    {
        var before = faults.Count;
        var restart = under with
        {
            Policy = json.Read("policy", ProgramLimits.Policy, under.Policy),
            InitialDelay = json.Read("initialDelay", ProgramLimits.InitialDelay, under.InitialDelay),
            Factor = json.Read("factor", ProgramLimits.Factor, under.Factor),
            MaxDelay = json.Read("maxDelay", ProgramLimits.MaxDelay, under.MaxDelay),
            Jitter = json.Read("jitter", ProgramLimits.Jitter, under.Jitter),
            ResetAfter = json.Read("resetAfter", ProgramLimits.ResetAfter, under.ResetAfter),
            MaxRetries = json.Read("maxRetries", ProgramLimits.MaxRetries, under.MaxRetries),
        };
        json.RejectUnknown();

        // Where nothing else is wrong, and the two were not both inherited: that was told where they are.
        var culprit = json.Members.FirstOrDefault(member => member.Key == "maxDelay") ?? json.Members.FirstOrDefault(member => member.Key == "initialDelay");
        if (culprit is not null && faults.Count == before && restart.MaxDelay < restart.InitialDelay)
        {
            json.Reject(culprit, $"maxDelay ({Duration.Format(restart.MaxDelay)}) is less than initialDelay ({Duration.Format(restart.InitialDelay)}): raise the one or lower the other.");
        }

        return restart;
    }

    private static StopOptions ReadStop(ConfigObject json, StopOptions under)
    {
        var stop = under with
        {
            Signal = json.Read("signal", ProgramLimits.Signal, under.Signal),
            Timeout = json.Read("timeout", ProgramLimits.StopTimeout, under.Timeout),
        };
        json.RejectUnknown();
        return stop;
    }

    private static AlertOptions ReadAlert(ConfigObject json, AlertOptions under)
    {
        var alert = under with
        {
            After = json.Read("after", ProgramLimits.AlertAfter, under.After),
            Restarts = json.Read("restarts", ProgramLimits.AlertRestarts, under.Restarts),
            Within = json.Read("within", ProgramLimits.AlertWithin, under.Within),
        };
        json.RejectUnknown();
        return alert;
    }

    private LogOptions ReadLogs(ConfigObject json, LogOptions under)
    {
        var logs = under with
        {
            Directory = Absolute(json.Read("directory", ProgramLimits.Folder, under.Directory)),
            MaxSize = json.Read("maxSize", ProgramLimits.LogSize, under.MaxSize),
            Backups = json.Read("backups", ProgramLimits.LogBackups, under.Backups),
        };
        json.RejectUnknown();
        return logs;
    }

    private string Absolute(string path) => Path.GetFullPath(path, folder);
}
