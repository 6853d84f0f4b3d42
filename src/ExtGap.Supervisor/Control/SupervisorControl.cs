using System.Runtime.CompilerServices;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.ServiceManagement;
using ExtGap.Supervisor.Status;

namespace ExtGap.Supervisor.Control;

/// <summary>Carries out what clients ask: gives the loop the wish, and tells the client what comes of it until it is settled.</summary>
/// <param name="configurationPath">What <c>reload</c> reads again.</param>
/// <param name="loop">Owns the programs.</param>
/// <param name="reporter">Makes the status.</param>
/// <param name="time">Paces <c>status --watch</c>.</param>
internal sealed class SupervisorControl(string configurationPath, string runDirectory, SupervisorLoop loop, StatusReporter reporter, TimeProvider time) : IControlHandler
{
    /// <summary>Is told of reloads.</summary>
    public ServiceReporter? Service { get; init; }

    public IAsyncEnumerable<ControlReply> HandleAsync(ControlRequest request, CancellationToken cancellationToken) => request switch
    {
        ControlRequest.StartAll start => WishAsync(new ProgramInput.Start(), null, cancellationToken, isGranted: start.IsNew),
        ControlRequest.StopAll stop => StopAllAsync(stop.KeepSupervisor, cancellationToken),
        ControlRequest.Start start => WishAsync(new ProgramInput.Start(), start.Names, cancellationToken),
        ControlRequest.Stop stop => WishAsync(new ProgramInput.Stop(), stop.Names, cancellationToken),
        ControlRequest.Restart restart => WishAsync(new ProgramInput.Restart(), restart.Names, cancellationToken),
        ControlRequest.Status status => TellStatusAsync(status, cancellationToken),
        ControlRequest.Logs logs => new LogStream(logs, loop).ReadAsync(cancellationToken),
        ControlRequest.Reload => ReloadAsync(cancellationToken),
        _ => throw new NotSupportedException($"There is no way to handle {request.GetType()}."),
    };

    private async IAsyncEnumerable<ControlReply> WishAsync(
        ProgramInput wish, IReadOnlyList<string>? names, [EnumeratorCancellation] CancellationToken cancellationToken, bool isGranted = false)
    {
        if (names is not null && NameCheck.Complaint(names, loop.Snapshot.Get().Value) is { } complaint)
        {
            yield return new ControlReply.Failed(ExitCode.Usage, complaint);
            yield break;
        }

        var heard = isGranted
            ? [.. loop.Snapshot.Get().Value.Select(program => program with { State = ProgramState.Initial })]
            : await loop.WishAsync(wish, names, cancellationToken);
        var outcome = new Outcome();
        await foreach (var progress in WaitAsync(heard, names, wish, outcome, cancellationToken))
        {
            yield return progress;
        }

        if (wish is ProgramInput.Start && names is null)
        {
            yield return await ReportAsync([], cancellationToken);
        }

        yield return new ControlReply.Done(outcome.ExitCode);
    }

    private async IAsyncEnumerable<ControlReply> StopAllAsync(bool keepSupervisor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wish = new ProgramInput.Stop();
        var heard = await loop.WishAsync(wish, null, cancellationToken);
        if (!keepSupervisor)
        {
            // The process ends when the loop does, after this client has had its answer.
            await loop.ShutDownAsync();
        }

        var outcome = new Outcome();
        await foreach (var progress in WaitAsync(heard, null, wish, outcome, cancellationToken))
        {
            yield return progress;
        }

        yield return new ControlReply.Done(outcome.ExitCode);
    }

    private async IAsyncEnumerable<ControlReply> ReloadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Over for the service manager too when the client goes, or the file is faulty.
        using var reload = Service?.BeginReload();
        SupervisorOptions? options = null;
        string? fault = null;
        try
        {
            options = SupervisorFile.Load(configurationPath);
            if (options.RunDirectory != runDirectory)
            {
                fault = $"{configurationPath}: runDirectory: a running supervisor can't move from {runDirectory} to {options.RunDirectory}: extgap stop-all, then start-all.";
            }
        }
        catch (SupervisorException e)
        {
            fault = e.Message;
        }

        if (fault is not null)
        {
            yield return new ControlReply.Failed(ExitCode.Configuration, fault);
            yield break;
        }

        var result = await loop.ReloadAsync(options!, cancellationToken);
        foreach (var line in ReloadWords.Of(result))
        {
            yield return new ControlReply.Progress(line);
        }

        var (heard, _) = loop.Snapshot.Get();
        var started = result.Started.Concat(result.Restarted).ToList();
        await foreach (var progress in WaitAsync(heard, started, new ProgramInput.Start(), new Outcome(), cancellationToken))
        {
            yield return progress;
        }

        yield return new ControlReply.Done(ExitCode.Success);
    }

    private async IAsyncEnumerable<ControlReply> WaitAsync(
        IReadOnlyList<ProgramView> heard, IReadOnlyList<string>? names, ProgramInput wish, Outcome outcome, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pending = heard
            .Where(program => names?.Contains(program.Name, StringComparer.Ordinal) ?? (wish is ProgramInput.Stop || program.Options.AutoStart))
            .Select(program => new WishProgress(wish, program))
            .ToList();
        while (true)
        {
            var (programs, changed) = loop.Snapshot.Get();
            foreach (var progress in pending.ToList())
            {
                var now = programs.FirstOrDefault(program => program.Name == progress.Name);
                if (progress.Verdict(now) is { } verdict)
                {
                    pending.Remove(progress);
                    outcome.Add(verdict);
                    yield return new ControlReply.Progress($"{progress.Name}: {verdict.Words}");
                }
            }

            if (pending.Count == 0)
            {
                yield break;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private async IAsyncEnumerable<ControlReply> TellStatusAsync(ControlRequest.Status request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (NameCheck.Complaint(request.Names, loop.Snapshot.Get().Value) is { } complaint)
        {
            yield return new ControlReply.Failed(ExitCode.Usage, complaint);
            yield break;
        }

        yield return await ReportAsync(request.Names, cancellationToken);
        while (request.IntervalSeconds is { } seconds)
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Clamp(seconds, 0.1, 3600)), time, cancellationToken);
            yield return await ReportAsync(request.Names, cancellationToken);
        }

        yield return new ControlReply.Done(ExitCode.Success);
    }

    private async Task<ControlReply> ReportAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var programs = await loop.LookAsync(cancellationToken);
        return new ControlReply.Report(reporter.Report(NameCheck.Choose(names, programs), loop.Now));
    }

    /// <summary>What becomes of a wish, all programs together.</summary>
    private sealed class Outcome
    {
        public int ExitCode { get; private set; } = Supervisor.ExitCode.Success;

        public void Add(WishVerdict verdict) => ExitCode = verdict.IsGood ? ExitCode : Supervisor.ExitCode.Failure;
    }
}
