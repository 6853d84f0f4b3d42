namespace ExtGap.Supervisor.Control;

/// <summary>What <c>extgap status --json</c> prints. Times are ages or distances in seconds, for clocks may jump.</summary>
internal sealed record SupervisorStatus
{
    /// <summary>Version of this shape.</summary>
    public int Version { get; init; } = 1;

    public required SupervisorIdentity Supervisor { get; init; }

    /// <summary>In the order of supervisor.json.</summary>
    public required IReadOnlyList<ProgramStatus> Programs { get; init; }
}

/// <param name="Pid">Its process.</param>
/// <param name="Version">Of ExtGap.</param>
/// <param name="Configuration">Absolute path of its supervisor.json.</param>
/// <param name="UptimeSeconds">Since its start.</param>
/// <param name="MemoryBytes">Its own resident memory.</param>
internal sealed record SupervisorIdentity(int Pid, string Version, string Configuration, double UptimeSeconds, long MemoryBytes);

/// <summary>One program's part of the status.</summary>
internal sealed record ProgramStatus
{
    public required string Name { get; init; }

    /// <summary>STOPPED, STARTING, RUNNING, BACKOFF, STOPPING, EXITED or FATAL.</summary>
    public required string State { get; init; }

    /// <summary>Whether it is in a state that it should not be in: not RUNNING, although it was started or starts by itself.</summary>
    public required bool IsTroubled { get; init; }

    public int? Pid { get; init; }

    /// <summary>How long it has been in its state.</summary>
    public required double StateSeconds { get; init; }

    /// <summary>How long its process has lived.</summary>
    public double? UptimeSeconds { get; init; }

    /// <summary>Restarts after a failure since the supervisor's start.</summary>
    public required int Restarts { get; init; }

    /// <summary>Failures in a row.</summary>
    public required int Failures { get; init; }

    /// <summary>BACKOFF: when it is tried again.</summary>
    public double? NextTrySeconds { get; init; }

    /// <summary>Such as <c>exit code 1</c> or <c>killed by SIGKILL</c>.</summary>
    public string? LastExit { get; init; }

    /// <summary>The last line of stderr of the process that ended.</summary>
    public string? LastError { get; init; }

    /// <summary>Why it is in BACKOFF, STOPPING, EXITED or FATAL.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether its last stop needed SIGKILL.</summary>
    public bool WasKilled { get; init; }

    /// <summary>CPU time used by its process group, in percent of one core, since the last look or over its life.</summary>
    public double? CpuPercent { get; init; }

    /// <summary>Resident memory of its process group.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Bytes of its output that no file would take.</summary>
    public long DroppedLogBytes { get; init; }

    public required ProgramLogFiles Logs { get; init; }

    /// <summary>What a bot says of itself.</summary>
    public BotReport? Bot { get; init; }
}

/// <param name="Stdout">Absolute path.</param>
/// <param name="Stderr">Absolute path.</param>
internal sealed record ProgramLogFiles(string Stdout, string Stderr);

/// <summary>What a bot last said in <c>X_EXTGAP=</c> and <c>STATUS=</c>.</summary>
internal sealed record BotReport
{
    /// <summary>Its own words, from <c>STATUS=</c>.</summary>
    public string? Words { get; init; }

    /// <summary>How long ago it said so.</summary>
    public required double AgeSeconds { get; init; }

    /// <summary><c>connecting</c>, <c>live</c> or <c>reconnecting</c>.</summary>
    public string? Feed { get; init; }

    /// <summary>Since the last data frame, at the time of this status.</summary>
    public double? SecondsSinceLastFrame { get; init; }

    /// <summary>Since the candle that was due should have been processed, on the exchange's clock; none where nothing is overdue.</summary>
    public double? OverdueSeconds { get; init; }

    /// <summary><c>on</c>, <c>off</c> or <c>refused</c>.</summary>
    public string? Notifications { get; init; }

    /// <summary>Messages that wait for Telegram.</summary>
    public long MessagesWaiting { get; init; }

    // The generated reader sets to null what the JSON leaves out.

    /// <summary>Chats that take no messages.</summary>
    public IReadOnlyList<string> MessageTroubles { get; init => field = value ?? []; } = [];

    public IReadOnlyList<BotSymbolReport> Symbols { get; init => field = value ?? []; } = [];
}

/// <summary>One contract of a bot's.</summary>
internal sealed record BotSymbolReport
{
    public required string Symbol { get; init; }

    public required string Timeframe { get; init; }

    /// <summary>Close time of the last candle, on the exchange's clock.</summary>
    public DateTimeOffset? LastCandle { get; init; }

    /// <summary>When the candle after it will be over.</summary>
    public DateTimeOffset? NextCandleDue { get; init; }

    /// <summary>Such as <c>BULLISH #3</c>.</summary>
    public string? Trend { get; init; }

    /// <summary><c>LONG</c>, <c>SHORT</c> or <c>FLAT</c>.</summary>
    public string? Position { get; init; }

    public decimal? EntryPrice { get; init; }

    public int Gaps { get; init; }

    public int Trades { get; init; }

    /// <summary>Cumulative profit after fees, in the quote asset.</summary>
    public decimal Profit { get; init; }
}
