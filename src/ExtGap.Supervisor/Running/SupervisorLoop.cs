using System.Threading.Channels;
using ExtGap.Supervisor.Alerts;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;
using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Running;

/// <summary>The one loop that owns all programs. It reads one channel of inputs; others know the programs by the snapshots that it publishes.</summary>
internal sealed class SupervisorLoop : IProcessListener, IDisposable
{
    // A timer that is later than that was not kept waiting by the ordinary load of a machine.
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(1);

    // Beyond every program's own time to stop: what SIGKILL has not ended by then is in the kernel's hands.
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(10);

    // A timer takes no more than 50 days. The tick that comes too early sets it again.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private readonly Channel<LoopInput> _inputs = Channel.CreateBounded<LoopInput>(new BoundedChannelOptions(1024) { SingleReader = true });
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly ILogger _log;
    private readonly IncidentWatch _incidents;
    private readonly ProgramSet _programs;
    private readonly ITimer _timer;
    private TimeSpan _timerDue = TimeSpan.MaxValue;
    private TimeSpan _givesUp = TimeSpan.MaxValue;
    private volatile bool _shutsDown;

    /// <param name="launcher">Makes what starts processes; it tells the loop what becomes of them.</param>
    /// <param name="incidents">Watches for what somebody should be told.</param>
    /// <param name="time">A monotonic clock.</param>
    /// <param name="random">Spreads restarts.</param>
    /// <param name="log">The supervisor's own log.</param>
    public SupervisorLoop(Func<IProcessListener, IProgramLauncher> launcher, IncidentWatch incidents, TimeProvider time, Random random, ILogger log)
    {
        _time = time;
        _started = time.GetTimestamp();
        _incidents = incidents;
        _log = log;
        _programs = new(launcher(this), () => Now, random, log);
        _timer = time.CreateTimer(_ => _inputs.Writer.TryWrite(new LoopInput.Tick()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The programs after the latest change of any of them.</summary>
    public Latest<IReadOnlyList<ProgramView>> Snapshot { get; } = new([]);

    /// <summary>Is given each configuration that was taken over after the first.</summary>
    public Action<SupervisorOptions>? Reloaded { get; init; }

    /// <summary>Whether it starts nothing any more.</summary>
    public bool IsShuttingDown => _shutsDown;

    /// <summary>Monotonic time since the loop was made; all times of programs are on it.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_started);

    /// <summary>Starts, stops or restarts programs.</summary>
    /// <param name="wish">A start, a stop or a restart.</param>
    /// <param name="names">Which ones; none means all, and for a start all that start by themselves.</param>
    /// <param name="cancellationToken">Nobody waits for the answer any more.</param>
    /// <returns>The programs right after the wish was heard.</returns>
    /// <exception cref="SupervisorEndingException">It shuts down, and somebody wants something to run.</exception>
    public async Task<IReadOnlyList<ProgramView>> WishAsync(ProgramInput wish, IReadOnlyList<string>? names, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync<IReadOnlyList<ProgramView>>(answer => new LoopInput.Wish(wish, names, answer), cancellationToken);
        }
        catch (SupervisorException) when (wish is ProgramInput.Stop && _inputs.Reader.Completion.IsCompleted)
        {
            // What is wished is so.
            return Snapshot.Get().Value;
        }
    }

    /// <summary>How all programs fare, with what bots said last.</summary>
    public Task<IReadOnlyList<ProgramView>> LookAsync(CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<ProgramView>>(answer => new LoopInput.Look(answer), cancellationToken);

    /// <summary>Takes over a configuration that was read again.</summary>
    public Task<ReloadResult> ReloadAsync(SupervisorOptions options, CancellationToken cancellationToken) =>
        AskAsync<ReloadResult>(answer => new LoopInput.Reload(options, answer), cancellationToken);

    /// <summary>Stops all programs; the loop ends when the last process has gone.</summary>
    public async ValueTask ShutDownAsync()
    {
        try
        {
            await _inputs.Writer.WriteAsync(new LoopInput.ShutDown());
        }
        catch (ChannelClosedException)
        {
            // It has.
        }
    }

    public ValueTask HappenedAsync(SupervisedProgram program, ProgramInput input) => _inputs.Writer.WriteAsync(new LoopInput.Happened(program, input));

    public ValueTask ToldAsync(SupervisedProgram program, int run, Notification notification) => _inputs.Writer.WriteAsync(new LoopInput.Told(program, run, notification));

    /// <summary>Tells how much resident memory a program's group has.</summary>
    public ValueTask MeasuredAsync(string name, int run, long bytes) => _inputs.Writer.WriteAsync(new LoopInput.Measured(name, run, bytes));

    /// <summary>Starts what starts by itself, and goes on until all is shut down.</summary>
    /// <param name="programs">What the configuration has.</param>
    /// <returns>Whether nothing is left of any program.</returns>
    public async Task<bool> RunAsync(IReadOnlyList<ProgramOptions> programs)
    {
        _programs.TakeOver(programs);
        Settle();
        await foreach (var input in _inputs.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                NoticeOversleeping();
                Take(input);
                Settle();
            }
            catch (Exception e)
            {
                // A fault of our own must not take all bots with it.
                _log.LoopFailed(e, input.GetType().Name);
                input.Fail(e);
            }

            if (_shutsDown && (!_programs.IsBusy || Now >= _givesUp))
            {
                break;
            }
        }

        Publish();
        Close();
        var left = _programs.Programs.Where(program => program.HasProcess).ToList();
        left.ForEach(program => _log.LeftBehind(program.Options.Name, program.State.Pid));
        return left.Count == 0;
    }

    public void Dispose() => _timer.Dispose();

    private async Task<T> AskAsync<T>(Func<TaskCompletionSource<T>, LoopInput> input, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _inputs.Writer.WriteAsync(input(answer), cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw Over();
        }

        return await answer.Task.WaitAsync(cancellationToken);
    }

    // Whoever comes now, or has come too late, must not wait for an answer that nobody gives.
    private void Close()
    {
        _inputs.Writer.Complete();
        while (_inputs.Reader.TryRead(out var late))
        {
            late.Fail(Over());
        }
    }

    private static SupervisorEndingException Over() => new("The supervisor is about to stop: try again when it has gone.");

    private void Take(LoopInput input)
    {
        switch (input)
        {
            case LoopInput.Happened happened:
                _programs.Apply(happened.Program, happened.Input);
                break;
            case LoopInput.Told told:
                _programs.Hear(told.Program, told.Run, told.Notification);
                break;
            case LoopInput.Measured measured:
                _programs.Grant(new ProgramInput.TooMuchMemory(measured.Run, measured.Bytes), program => program.Options.Name == measured.Name);
                break;
            case LoopInput.Wish { Input: not ProgramInput.Stop } late when _shutsDown:
                late.Fail(Over());
                break;
            case LoopInput.Wish wish:
                _programs.Grant(wish.Input, program => IsMeant(wish, program));

                // Before the answer: who has it must not take the state before his wish for what came of it.
                Publish();
                wish.Answer.SetResult(_programs.Views());
                break;
            case LoopInput.Look look:
                look.Answer.SetResult(_programs.Views());
                break;
            case LoopInput.Reload reload when !_shutsDown:
                var result = _programs.TakeOver(reload.Options.Programs);
                Reloaded?.Invoke(reload.Options);
                Publish();
                reload.Answer.SetResult(result);
                break;
            case LoopInput.Reload reload:
                reload.Fail(Over());
                break;
            case LoopInput.ShutDown:
                BeginShutDown();
                break;
            case LoopInput.Tick:
                _timerDue = TimeSpan.MaxValue;
                break;
            default:
                throw new NotSupportedException($"The loop has no rule for {input.GetType()}.");
        }
    }

    private void BeginShutDown()
    {
        if (!_shutsDown)
        {
            _shutsDown = true;

            // All may be stopping already; that it is for good has to be told in time, to a service manager for one.
            _programs.HasChanged = true;
            _givesUp = Now + KillPatience + (_programs.Programs.Max(program => (TimeSpan?)program.Options.Stop.Timeout) ?? TimeSpan.Zero);
        }

        _programs.Grant(new ProgramInput.Stop(), _ => true);
    }

    private static bool IsMeant(LoopInput.Wish wish, SupervisedProgram program) =>
        wish.Names?.Contains(program.Options.Name, StringComparer.Ordinal) ?? (wish.Input is ProgramInput.Stop || program.Options.AutoStart);

    private void Publish()
    {
        if (_programs.HasChanged)
        {
            _programs.HasChanged = false;
            Snapshot.Set(_programs.Views());
        }
    }

    // A supervisor that was stopped, or starved, hears all at once what bots said meanwhile.
    private void NoticeOversleeping()
    {
        if (Now - _timerDue > Lateness)
        {
            _log.Overslept((Now - _timerDue).TotalSeconds);
            _programs.Grant(new ProgramInput.Overslept(), _ => true);
            _timerDue = TimeSpan.MaxValue;
        }
    }

    // After the last input that waits: a sign of life that came in time must not lie behind the end of the patience.
    private void Settle()
    {
        if (_inputs.Reader.TryPeek(out _))
        {
            return;
        }

        _programs.PassTime();
        var incidentsDue = _incidents.Look(_programs.Programs, Now);
        Publish();
        var due = TimeSpan.FromTicks(Math.Min(Math.Min(incidentsDue.Ticks, _givesUp.Ticks), (_programs.NextDeadline ?? TimeSpan.MaxValue).Ticks));

        // A tick that found the channel full is lost: what waits for it then is in the past.
        if (due < _timerDue || _timerDue <= Now)
        {
            // A deadline that moved away leaves the timer as it is: one idle tick is cheaper than setting it anew at each sign of life.
            _timerDue = due;
            var delay = TimeSpan.FromTicks(Math.Clamp((due - Now).Ticks, 0, LongestDelay.Ticks));
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
    }
}
