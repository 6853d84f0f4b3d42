using System.Diagnostics;
using ExtGap.Chaos.Product;
using ExtGap.Chaos.Watches;
using ExtGap.Supervisor.Control;

namespace ExtGap.Chaos.Faults;

/// <summary>What faults have to do with: the product, the exchange, and what is seen of them.</summary>
internal sealed class World(Workplace place, Exchange exchange, Verbs verbs, StatusWatch status, Journal journal) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly SemaphoreSlim _starting = new(1);

    public Workplace Place => place;

    public Exchange Exchange => exchange;

    public Verbs Verbs => verbs;

    public StatusWatch Status => status;

    public Journal Journal => journal;

    /// <summary>The supervisor's process, as it says itself.</summary>
    /// <exception cref="NotNowException">None answers.</exception>
    public int SupervisorPid => status.Latest?.Supervisor.Pid ?? throw new NotNowException();

    /// <summary>A program that has a process.</summary>
    /// <exception cref="NotNowException">It has none.</exception>
    public ProgramStatus Program(string name) =>
        status.Latest?.Programs.FirstOrDefault(program => program.Name == name) is { Pid: not null } program ? program : throw new NotNowException();

    /// <summary>Waits until a bot runs and is connected.</summary>
    public Task<TimeSpan> UntilLiveAsync(string what, IEnumerable<string> bots, CancellationToken cancellationToken)
    {
        var names = bots.ToList();
        return UntilAsync(what, now => names.TrueForAll(name => now.Programs.FirstOrDefault(program => program.Name == name) is { State: "RUNNING", Bot.Feed: "live" }), cancellationToken);
    }

    /// <summary>Waits until the status is as it should be.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> UntilAsync(string what, Func<SupervisorStatus, bool> isRecovered, CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        var began = Stopwatch.GetTimestamp();
        if (!await status.UntilAsync(isRecovered, began, patience ?? Patience, cancellationToken))
        {
            journal.Find($"{what}: not recovered within {(patience ?? Patience).TotalSeconds} s; the last status was {StatusWatch.Describe(status.Latest)}");
        }

        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>Runs a verb that may be refused because of what others do at the same time, but must end with an exit code from the table.</summary>
    public async Task<VerbResult> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var result = await verbs.RunAsync(cancellationToken, arguments);
        if (result.ExitCode is not (0 or 1 or 3 or 4 or 75 or 78))
        {
            journal.Find($"extgap {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Output}");
        }

        return result;
    }

    public void Dispose() => _starting.Dispose();

    /// <summary>Starts a supervisor where none runs, as a service manager would: one at a time, and again where that fails.</summary>
    public async Task EnsureSupervisorAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            var began = Stopwatch.GetTimestamp();
            while (true)
            {
                // A broken supervisor.json, a full disk: both pass. One whose programs all stop may be about to end.
                var result = await RunAsync(cancellationToken, "start-all");
                if (result.ExitCode == 0 || (await verbs.StatusAsync(cancellationToken))?.Programs.Any(program => program.State is not ("STOPPING" or "STOPPED")) == true)
                {
                    return;
                }

                if (Stopwatch.GetElapsedTime(began) > Patience)
                {
                    journal.Find($"No supervisor can be started: {result.Output}");
                    return;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
            }
        }
        finally
        {
            _starting.Release();
        }
    }
}
