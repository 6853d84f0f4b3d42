using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;

namespace ExtGap.Supervisor.Tests.Lifecycle.Simulation;

/// <summary>One step of the machine.</summary>
internal sealed record Move(TimeSpan Now, ProgramInput Input, ProgramState Before, ProgramState After, IReadOnlyList<ProgramEffect> Effects)
{
    public override string ToString() =>
        $"{Now.TotalSeconds,9:0.000} {Input}: {Before.Phase} -> {After.Phase}/{After.After} deadline {After.Deadline?.TotalSeconds:0.000} failures {After.Failures} [{string.Join(", ", Effects)}]";
}

/// <summary>
/// A virtual world around one machine: processes that misbehave, people who change their minds, ticks that come late and a clock that leaps.
/// After the last wish the world heals: processes made from then on do what they should. SIGKILL always kills, sooner or later.
/// </summary>
internal sealed class ProgramWorld
{
    private static readonly TimeSpan Mischief = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Healing = TimeSpan.FromMinutes(10);

    private readonly Random _random;
    private readonly ProgramMachine _machine;
    private readonly PriorityQueue<Action, (TimeSpan, int)> _events = new();
    private readonly List<Move> _moves = [];
    private int _order;
    private TimeSpan? _tick;

    public ProgramWorld(int seed)
    {
        _random = new(seed);
        Options = SimulatedOptions.Make(_random);
        _machine = new(Options);
        for (var wishes = _random.Next(1, 12); wishes > 0; wishes--)
        {
            var wish = _random.Next(5) switch { 0 or 1 => (ProgramInput)new ProgramInput.Stop(), 2 => new ProgramInput.Restart(), _ => new ProgramInput.Start() };
            Schedule(Mischief * _random.NextDouble(), () => Wish(wish));
        }

        // The last wish of the run, so that each has something to hold on to.
        Schedule(Mischief, () => Wish(_random.Next(2) == 0 ? new ProgramInput.Start() : new ProgramInput.Stop()));
    }

    public ProgramOptions Options { get; }

    public ProgramState State { get; private set; } = ProgramState.Initial;

    public TimeSpan Now { get; private set; }

    /// <summary>The last wish; never a restart.</summary>
    public ProgramInput? LastWish { get; private set; }

    public IReadOnlyList<Move> Moves => _moves;

    /// <summary>Every group that ever was.</summary>
    public List<SimulatedGroup> Groups { get; } = [];

    public bool IsHealed => Now >= Mischief;

    /// <summary>Called after each move, for properties that look on.</summary>
    public Action<Move>? OnMove { get; init; }

    public double Chance => _random.NextDouble();

    /// <summary>Lives through the mischief and the time that healing takes.</summary>
    public void Run()
    {
        while (Now < Mischief + Healing)
        {
            var isTick = _tick is { } tick && (!_events.TryPeek(out _, out var first) || tick < first.Item1);
            if (!isTick && _events.Count == 0)
            {
                return;
            }

            // Now and then the whole supervisor stands still, and finds that all was due long ago.
            var leap = !IsHealed && _random.Next(60) == 0 ? TimeSpan.FromSeconds(_random.Next(120)) : TimeSpan.Zero;
            if (isTick)
            {
                Advance(_tick!.Value + leap);
                _tick = null;
                Feed(new ProgramInput.Tick());
            }
            else
            {
                _events.TryDequeue(out var action, out var due);
                Advance(due.Item1 + leap);
                action!();
            }
        }
    }

    public void Schedule(TimeSpan after, Action action) => _events.Enqueue(action, (Now + after, _order++));

    /// <summary>Tells the machine of something, after a while.</summary>
    public void Report(TimeSpan after, ProgramInput input) => Schedule(after, () => Feed(input));

    /// <summary>Mostly nothing, or up to so many seconds.</summary>
    public TimeSpan Delay(double seconds) => IsHealed || _random.Next(2) == 0 ? TimeSpan.FromMilliseconds(_random.Next(5)) : TimeSpan.FromSeconds(_random.NextDouble() * seconds);

    public override string ToString() => $"{Options.Command.GetType().Name} {Options.Restart} {Options.Stop}\n{string.Join('\n', _moves)}\n{string.Join('\n', Groups)}";

    private void Wish(ProgramInput wish)
    {
        LastWish = wish;
        Feed(wish);
    }

    private void Feed(ProgramInput input)
    {
        var before = State;
        var step = _machine.Next(before, input, Now, _random.NextDouble());
        State = step.State;
        var move = new Move(Now, input, before, step.State, step.Effects);
        _moves.Add(move);
        OnMove?.Invoke(move);
        foreach (var effect in step.Effects)
        {
            Carry(effect);
        }

        if (State.Deadline != before.Deadline || _tick is null)
        {
            _tick = State.Deadline + Delay(3);
        }
    }

    private void Carry(ProgramEffect effect)
    {
        if (effect is ProgramEffect.Signal signal)
        {
            Groups.Find(group => group.Run == signal.Run)?.OnSignal(signal.Kind);
            return;
        }

        var run = ((ProgramEffect.Spawn)effect).Run;
        if (!IsHealed && _random.Next(8) == 0)
        {
            Report(Delay(5), new ProgramInput.SpawnFailed(run, "no more processes", IsPermanent: _random.Next(4) == 0));
            return;
        }

        Groups.Add(new(this, run, IsHealed));
    }

    private void Advance(TimeSpan to) => Now = to > Now ? to : Now;
}
