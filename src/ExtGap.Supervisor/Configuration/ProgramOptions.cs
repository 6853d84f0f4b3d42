namespace ExtGap.Supervisor.Configuration;

/// <summary>A program as <c>supervisor.json</c> has it, its defaults filled in and its paths absolute.</summary>
internal sealed record ProgramOptions
{
    /// <summary>The name that verbs and logs know it by: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, at most 32 of them.</summary>
    public required string Name { get; init; }

    /// <summary>What is run.</summary>
    public required ProgramCommand Command { get; init; }

    /// <summary>Variables on top of the supervisor's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Absolute path of the env file, which is read afresh at each start.</summary>
    public required string EnvironmentFile { get; init; }

    /// <summary>Whether the configuration names the env file; the <c>.env</c> that nobody named may be missing.</summary>
    public bool EnvironmentFileIsNamed { get; init; }

    /// <summary>Whether it starts with the supervisor and with <c>start-all</c>.</summary>
    public bool AutoStart { get; init; } = true;

    public RestartOptions Restart { get; init; } = new();

    /// <summary>How long a bot may take to say that it is ready.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long another command must live to count as running.</summary>
    public TimeSpan StartTime { get; init; } = TimeSpan.FromSeconds(10);

    public StopOptions Stop { get; init; } = new();

    /// <summary>The longest silence of a bot that runs.</summary>
    public TimeSpan Watchdog { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of resident memory of the whole process group beyond which it is restarted.</summary>
    public long? MaxMemory { get; init; }

    public AlertOptions Alert { get; init; } = new();

    public required LogOptions Logs { get; init; }

    /// <summary>Whether it speaks sd_notify: says that it is ready, and shows that it lives.</summary>
    public bool IsBot => Command is ProgramCommand.Bot;
}

/// <summary>What a program runs.</summary>
internal abstract record ProgramCommand
{
    private ProgramCommand()
    {
    }

    /// <param name="Options">Options of <c>extgap-bot</c> without their dashes (<c>max-hold</c>), with their values as text; <c>true</c> for a switch that is on.</param>
    internal sealed record Bot(IReadOnlyDictionary<string, string> Options) : ProgramCommand;

    /// <param name="Path">A path, or a name that is looked for in <c>PATH</c>.</param>
    /// <param name="Arguments">Its arguments.</param>
    /// <param name="Directory">Absolute path of its working directory.</param>
    internal sealed record Executable(string Path, IReadOnlyList<string> Arguments, string Directory) : ProgramCommand;
}

internal enum RestartCondition
{
    Always,
    OnFailure,
    Never,
}

internal sealed record RestartOptions
{
    public RestartCondition Policy { get; init; } = RestartCondition.Always;

    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromSeconds(1);

    public double Factor { get; init; } = 2;

    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Each delay is stretched or shortened by up to this part of it, at random: 0 to 1.</summary>
    public double Jitter { get; init; } = 0.1;

    /// <summary>After running for so long a program's earlier crashes are forgotten.</summary>
    public TimeSpan ResetAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Restarts in a row after which it is given up; for ever where there is none.</summary>
    public int? MaxRetries { get; init; }
}

internal enum StopSignal
{
    Terminate,
    Interrupt,
}

internal sealed record StopOptions
{
    public StopSignal Signal { get; init; } = StopSignal.Terminate;

    /// <summary>How long a program may take to stop before its group is killed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}

internal sealed record AlertOptions
{
    /// <summary>Down, or without a fresh feed, for so long is an incident.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>So many restarts within <see cref="Within"/> are an incident.</summary>
    public int Restarts { get; init; } = 5;

    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(10);
}

/// <param name="Directory">Absolute path.</param>
internal sealed record LogOptions(string Directory)
{
    /// <summary>Bytes after which a file is rotated.</summary>
    public long MaxSize { get; init; } = 10_000_000;

    /// <summary>Rotated files that are kept.</summary>
    public int Backups { get; init; } = 3;
}
