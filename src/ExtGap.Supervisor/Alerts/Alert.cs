namespace ExtGap.Supervisor.Alerts;

/// <summary>One message about one program: an incident has begun, or is over.</summary>
/// <param name="Program">Its name.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="IsOver">Whether it tells of the end.</param>
/// <param name="Text">One line or more of plain text; no markup, and nothing escaped.</param>
internal sealed record Alert(string Program, IncidentKind Kind, bool IsOver, string Text);

internal enum IncidentKind
{
    /// <summary>alert.restarts restarts within alert.within.</summary>
    CrashLoop,

    /// <summary>A bot that hung was killed.</summary>
    Watchdog,

    /// <summary>A program that should run has not for alert.after.</summary>
    Down,

    /// <summary>A bot runs, and has had no fresh data for alert.after.</summary>
    StaleFeed,
}

/// <summary>What is known of a bot's feed; the default is nothing.</summary>
/// <param name="IsFresh">Whether its data is fresh.</param>
/// <param name="StaleSince">Since when it is not; monotonic, as all times of the lifecycle.</param>
internal readonly record struct FeedFreshness(bool IsFresh, TimeSpan? StaleSince)
{
    /// <summary>The bot has not said, or the program is none.</summary>
    public static readonly FeedFreshness Unknown;

    public static readonly FeedFreshness Fresh = new(IsFresh: true, null);

    public static FeedFreshness Stale(TimeSpan since) => new(IsFresh: false, since);
}
