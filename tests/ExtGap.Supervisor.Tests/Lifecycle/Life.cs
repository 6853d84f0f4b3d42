using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;

namespace ExtGap.Supervisor.Tests.Lifecycle;

/// <summary>A machine and its state, to be led through a story: what happens at which second.</summary>
internal sealed class Life(ProgramOptions options)
{
    private readonly ProgramMachine _machine = new(options);

    public ProgramState State { get; private set; } = ProgramState.Initial;

    /// <summary>Of the last input.</summary>
    public IReadOnlyList<ProgramEffect> Effects { get; private set; } = [];

    public double? SecondsToDeadline { get; private set; }

    public static Life Bot(RestartOptions? restart = null) => new(Situations.Options(isBot: true) with { Restart = restart ?? new() });

    public static Life Command(RestartOptions? restart = null) => new(Situations.Options(isBot: false) with { Restart = restart ?? new() });

    public Life At(double seconds, ProgramInput input)
    {
        var now = TimeSpan.FromSeconds(seconds);
        (State, Effects) = _machine.Next(State, input, now, 0.5);
        SecondsToDeadline = (State.Deadline - now)?.TotalSeconds;
        return this;
    }

    public Life StartAt(double seconds) => At(seconds, new ProgramInput.Start()).SpawnedAt(seconds);

    public Life SpawnedAt(double seconds) => At(seconds, new ProgramInput.Spawned(State.Run, 4321));

    public Life ReadyAt(double seconds) => At(seconds, new ProgramInput.Ready(State.Run));

    public Life StopAt(double seconds) => At(seconds, new ProgramInput.Stop());

    public Life RestartAt(double seconds) => At(seconds, new ProgramInput.Restart());

    public Life TickAt(double seconds) => At(seconds, new ProgramInput.Tick());

    public Life MemoryAt(double seconds, long bytes) => At(seconds, new ProgramInput.TooMuchMemory(State.Run, bytes));

    public Life NoProcessAt(double seconds, string why, bool isPermanent = false) => At(seconds, new ProgramInput.SpawnFailed(State.Run, why, isPermanent));

    public Life EndedAt(double seconds, int exitCode) => At(seconds, new ProgramInput.Ended(State.Run, new ExitCause.Exited(exitCode)));

    public Life GoneAt(double seconds, string? lastError = null) => At(seconds, new ProgramInput.Gone(State.Run, lastError));

    public Life ExitAt(double seconds, int exitCode, string? lastError = null) => EndedAt(seconds, exitCode).GoneAt(seconds, lastError);

    /// <summary>The backoff is over, and the next process is there.</summary>
    public Life TryAgainAt(double seconds) => TickAt(seconds).SpawnedAt(seconds);
}
