using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;
using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Running;

/// <summary>All programs, and what follows from what happens to them. Owned by the loop: nothing here is safe for two threads, and nothing waits.</summary>
/// <param name="launcher">Carries out what the machine wants.</param>
/// <param name="now">Monotonic time.</param>
/// <param name="random">Spreads restarts.</param>
/// <param name="log">The supervisor's own log.</param>
internal sealed class ProgramSet(IProgramLauncher launcher, Func<TimeSpan> now, Random random, ILogger log)
{
    private readonly List<SupervisedProgram> _programs = [];

    /// <summary>In the order of the configuration; those that it has no more, and that are not gone yet, last.</summary>
    public IReadOnlyList<SupervisedProgram> Programs => _programs;

    /// <summary>Whether anything visible has changed since this was last set to false.</summary>
    public bool HasChanged { get; set; }

    /// <summary>Whether any process is there or about to be.</summary>
    public bool IsBusy => _programs.Exists(program => program.HasProcess);

    /// <summary>When time alone changes something; none where it does not.</summary>
    public TimeSpan? NextDeadline => _programs.Min(program => program.State.Deadline);

    public IReadOnlyList<ProgramView> Views() => [.. _programs.Where(program => !program.IsRemoved).Select(program => program.View())];

    /// <summary>Tells one program's machine what happened, and carries out what it wants.</summary>
    public void Apply(SupervisedProgram program, ProgramInput input)
    {
        var before = program.State;
        var (after, effects) = new ProgramMachine(program.Options).Next(before, input, now(), random.NextDouble());
        program.State = after;

        // A stop of what rests already changes no more than that, and a look at the snapshot says how it went.
        HasChanged |= after.WasKilled != before.WasKilled;
        if (after.Phase != before.Phase || after.Run != before.Run || after.After != before.After)
        {
            HasChanged = true;
            log.Transition(program.Options, before, after, now());
        }

        foreach (var effect in effects)
        {
            CarryOut(program, effect);
        }
    }

    /// <summary>Takes in what a bot tells of itself.</summary>
    public void Hear(SupervisedProgram program, int run, Notification notification)
    {
        if (program.State.Run != run || !program.HasProcess)
        {
            return;
        }

        if (notification.Words is not null || notification.Report is not null)
        {
            program.Word = new(notification.Words ?? program.Word?.Words, notification.Report ?? program.Word?.Report, now());
        }

        if (notification.IsReady)
        {
            Apply(program, new ProgramInput.Ready(run));
        }

        if (notification.IsAlive)
        {
            Apply(program, new ProgramInput.Alive(run));
        }
    }

    /// <summary>Applies a wish to the programs that are meant.</summary>
    public void Grant(ProgramInput wish, Func<SupervisedProgram, bool> isMeant)
    {
        foreach (var program in _programs.Where(program => !program.IsRemoved && isMeant(program)).ToList())
        {
            Apply(program, wish);
        }
    }

    /// <summary>Gives every program whose time has come its tick, and lets go of those that are gone for good.</summary>
    public void PassTime()
    {
        foreach (var program in _programs.Where(program => program.State.Deadline <= now()).ToList())
        {
            Apply(program, new ProgramInput.Tick());
        }

        foreach (var program in _programs.Where(program => program.IsRemoved && !program.HasProcess).ToList())
        {
            _programs.Remove(program);
            program.Logs.Dispose();
            HasChanged = true;
        }
    }

    /// <summary>Takes over a configuration: starts what is new, stops what is gone, restarts what has changed, and leaves the rest alone.</summary>
    public ReloadResult TakeOver(IReadOnlyList<ProgramOptions> configured)
    {
        var result = new ReloadResult([], [], [], []);
        var former = _programs.ToDictionary(program => program.Options.Name, StringComparer.Ordinal);
        _programs.Clear();
        foreach (var options in configured)
        {
            if (former.Remove(options.Name, out var program))
            {
                _programs.Add(program);
                Change(program, options, result);
            }
            else
            {
                program = new(options);
                _programs.Add(program);
                StartIfItDoesByItself(program, result);
            }
        }

        foreach (var program in former.Values)
        {
            _programs.Add(program);
            program.IsRemoved = true;
            result.Stopped.Add(program.Options.Name);
            Apply(program, new ProgramInput.Stop());
        }

        HasChanged = true;
        return result;
    }

    private void Change(SupervisedProgram program, ProgramOptions options, ReloadResult result)
    {
        if (program.IsRemoved)
        {
            // It was gone and is back before its process has ended.
            program.IsRemoved = false;
            program.Options = options;
            StartIfItDoesByItself(program, result);
            return;
        }

        if (ProgramComparison.AreSame(options, program.Options))
        {
            return;
        }

        program.Options = options;
        if (program.HasProcess || program.State.Phase == ProgramPhase.Backoff)
        {
            if (program.State is not { Phase: ProgramPhase.Stopping, After: AfterStop.Stay })
            {
                result.Restarted.Add(options.Name);
                Apply(program, new ProgramInput.Restart());
                return;
            }
        }
        else if (program.State.Phase == ProgramPhase.Fatal)
        {
            // What made it fail may just have been mended.
            StartIfItDoesByItself(program, result);
            return;
        }

        result.Changed.Add(options.Name);
    }

    private void StartIfItDoesByItself(SupervisedProgram program, ReloadResult result)
    {
        (program.Options.AutoStart ? result.Started : result.Changed).Add(program.Options.Name);
        if (program.Options.AutoStart)
        {
            Apply(program, new ProgramInput.Start());
        }
    }

    private void CarryOut(SupervisedProgram program, ProgramEffect effect)
    {
        switch (effect)
        {
            case ProgramEffect.Spawn spawn:
                program.Word = null;
                program.Run = launcher.Launch(program, spawn.Run);
                break;
            case ProgramEffect.Signal signal:
                program.Run?.Signal(signal.Kind);
                break;
            default:
                throw new NotSupportedException($"No way to carry out {effect.GetType()}.");
        }
    }
}
