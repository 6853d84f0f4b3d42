using ExtGap.Supervisor.Configuration.Reading;

namespace ExtGap.Supervisor.Configuration;

/// <summary>What each key of a program may have. A test holds <c>supervisor.schema.json</c> to it.</summary>
internal static class ProgramLimits
{
    public static readonly SwitchKind AutoStart = new();

    public static readonly ChoiceKind<RestartCondition> Policy =
        new(("always", RestartCondition.Always), ("on-failure", RestartCondition.OnFailure), ("never", RestartCondition.Never));

    public static readonly DurationKind InitialDelay = new(TimeSpan.Zero, TimeSpan.FromHours(1));

    public static readonly NumberKind Factor = new(1, 100);

    public static readonly DurationKind MaxDelay = new(TimeSpan.Zero, TimeSpan.FromDays(1));

    public static readonly NumberKind Jitter = new(0, 1);

    public static readonly DurationKind ResetAfter = new(TimeSpan.Zero, TimeSpan.FromDays(7));

    public static readonly OrNull<int> MaxRetries = new(new IntegerKind(0, 1_000_000), "for ever");

    public static readonly DurationKind ReadyTimeout = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));

    public static readonly NumberKind StartSeconds = new(0, 3600, "a number of seconds");

    public static readonly ChoiceKind<StopSignal> Signal = new(("SIGTERM", StopSignal.Terminate), ("SIGINT", StopSignal.Interrupt));

    public static readonly DurationKind StopTimeout = new(TimeSpan.Zero, TimeSpan.FromHours(1));

    /// <summary>A bot shows each second that it lives, so less than two would be silence between two signs.</summary>
    public static readonly DurationKind Watchdog = new(TimeSpan.FromSeconds(2), TimeSpan.FromDays(1));

    public static readonly OrNull<long> MaxMemory = new(new SizeKind(1_000_000, 1_000_000_000_000), "for no limit");

    public static readonly DurationKind AlertAfter = new(TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));

    public static readonly IntegerKind AlertRestarts = new(1, 1000);

    public static readonly DurationKind AlertWithin = new(TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));

    public static readonly SizeKind LogSize = new(1000, 10_000_000_000);

    public static readonly IntegerKind LogBackups = new(0, 100);

    public static readonly TextKind File = new("the path of a file");

    public static readonly TextKind Folder = new("the path of a folder");

    public static readonly TextKind Command = new("a path, or a name that is in PATH");
}
