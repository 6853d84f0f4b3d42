using System.Diagnostics;
using ExtGap.Fuzz.Inputs;

namespace ExtGap.Fuzz.Running;

/// <summary>Feeds a target with inputs until one of them breaks something, or all are through.</summary>
internal sealed class FuzzRun
{
    /// <summary>How long one input may take.</summary>
    public static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that may stay on the heap after a run: caches grow to a bound, a leak of a few bytes an input goes beyond it.</summary>
    public const long RetainedLimit = 16 * 1024 * 1024;

    // What a thread of the pool has; deeper recursion would end the product there too.
    private const int StackBytes = 1536 * 1024;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly FuzzTarget _target;
    private readonly ulong _seed;
    private readonly long _inputs;
    private readonly Mutator _mutator = new();
    private FuzzResult _result;
    private byte[] _input = [];
    private long _number;
    private long _started;

    private FuzzRun(FuzzTarget target, ulong seed, long inputs)
    {
        (_target, _seed, _inputs) = (target, seed, inputs);
        _result = new() { Target = target.Name, Seed = seed };
    }

    /// <summary>Reads the corpus, then so many inputs of a seed.</summary>
    public static FuzzResult Of(FuzzTarget target, ulong seed, long inputs, TimeSpan? hangLimit = null) =>
        new FuzzRun(target, seed, inputs).Watch(run => run.ReadAll(), hangLimit ?? HangLimit);

    /// <summary>Reads one input, as a finding told it.</summary>
    public static FuzzResult Replay(FuzzTarget target, byte[] input, TimeSpan? hangLimit = null) =>
        new FuzzRun(target, 0, 0).Watch(run => run.TryRead(0, input), hangLimit ?? HangLimit);

    private FuzzResult Watch(Action<FuzzRun> work, TimeSpan hangLimit)
    {
        _started = Stopwatch.GetTimestamp();
        var thread = new Thread(() => work(this), StackBytes) { IsBackground = true, Name = _target.Name };
        thread.Start();
        while (!thread.Join(BetweenLooks))
        {
            var started = Volatile.Read(ref _started);
            var (number, input) = (Volatile.Read(ref _number), Volatile.Read(ref _input));
            if (Stopwatch.GetElapsedTime(started) > hangLimit && Volatile.Read(ref _started) == started)
            {
                return _result with { Finding = new(_target.Name, _seed, number, input, $"it hangs: no end after {hangLimit.TotalSeconds} s") };
            }
        }

        return _result;
    }

    private void ReadAll()
    {
        for (var i = 0; i < _target.Corpus.Count; i++)
        {
            var accepted = _result.Accepted;
            var number = -1L - i;
            if (TryRead(number, _target.Corpus[i]) && _result.Accepted == accepted)
            {
                _result = _result with { Finding = new(_target.Name, _seed, number, _target.Corpus[i], "an input of the corpus is refused: nothing valid would be tried") };
            }

            if (_result.Finding is not null)
            {
                return;
            }
        }

        _result = new() { Target = _target.Name, Seed = _seed };
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        for (var number = 0L; number < _inputs && TryRead(number, Make(number)); number++)
        {
        }

        var retained = GC.GetTotalMemory(forceFullCollection: true) - heap;
        _result = _result with { Elapsed = Stopwatch.GetElapsedTime(start), Retained = retained };
        if (_result.Finding is null && retained > RetainedLimit)
        {
            _result = _result with { Finding = new(_target.Name, _seed, _inputs, [], $"{retained} bytes are still on the heap after all inputs, more than {RetainedLimit}") };
        }
    }

    /// <summary>The input of a number; it depends on nothing that was read before.</summary>
    private byte[] Make(long number)
    {
        var rng = Rng.Of(_seed, number);
        return _target.Make(ref rng, _mutator);
    }

    /// <returns>Whether all was well.</returns>
    private bool TryRead(long number, byte[] input)
    {
        Volatile.Write(ref _number, number);
        Volatile.Write(ref _input, input);
        var started = Stopwatch.GetTimestamp();
        Volatile.Write(ref _started, started);
        string? what;
        try
        {
            what = Measure(number, input, started);

            // What is made once, such as a table or a compiled pattern, is no input's fault.
            what = what is null ? null : Measure(number, input, Stopwatch.GetTimestamp());
        }
        catch (Exception e)
        {
            what = e is BrokenPromiseException ? e.Message : $"an exception that no document knows: {e}";
        }

        _result = what is null ? _result : _result with { Finding = new(_target.Name, _seed, number, input, what) };
        return what is null;
    }

    private string? Measure(long number, byte[] input, long started)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var accepted = _target.Read(input);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var elapsed = Stopwatch.GetElapsedTime(started);
        if (allocated > _target.Allowance(input.Length))
        {
            return $"{allocated} bytes allocated, more than {_target.Allowance(input.Length)}";
        }

        var isSlowest = elapsed > _result.Slowest;
        _result = _result with
        {
            Inputs = _result.Inputs + 1,
            Accepted = _result.Accepted + (accepted ? 1 : 0),
            Slowest = isSlowest ? elapsed : _result.Slowest,
            SlowestNumber = isSlowest ? number : _result.SlowestNumber,
            MostAllocated = Math.Max(_result.MostAllocated, allocated),
        };
        return null;
    }
}
