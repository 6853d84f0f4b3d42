using System.Diagnostics;
using System.Globalization;
using ExtGap.Chaos.Checks;
using ExtGap.Chaos.Faults;
using ExtGap.Chaos.Product;
using ExtGap.Chaos.Watches;
using ExtGap.Supervisor.Control;

namespace ExtGap.Chaos;

/// <summary>One run: everything is started, faults are let loose, things settle, and what must hold is checked.</summary>
internal sealed class ChaosRun : IDisposable
{
    private static readonly TimeSpan LongestSettling = TimeSpan.FromMinutes(15);

    // A supervisor that stands still reads and kills later than others do their part, by as long as a fault holds it.
    private static readonly TimeSpan Held = ProcessFaults.LongestHold + TimeSpan.FromSeconds(1);

    // Executables that are not native open some more files as the runtime loads more of itself; what leaks a descriptor leaks dozens here.
    private const int MostLoadedLater = 16;

    private readonly ChaosOptions _options;
    private readonly TimeSpan _settling;
    private readonly Workplace _place;
    private readonly Exchange _exchange;
    private readonly Journal _journal = new();
    private readonly Verbs _verbs;
    private readonly StatusWatch _status;
    private readonly LedgerWatch _ledgers;
    private readonly World _world;
    private readonly List<FaultKind> _faults;
    private readonly List<Report.Line> _invariants = [];

    private ChaosRun(ChaosOptions options, Workplace place, Exchange exchange)
    {
        _options = options;

        // Each start and stop of a bot is a message of its own, and a chat takes one a second.
        _settling = TimeSpan.FromTicks(Math.Min(LongestSettling.Ticks, (TimeSpan.FromMinutes(3) + (4 * options.Duration)).Ticks));
        _place = place;
        _exchange = exchange;
        _verbs = new(place);
        _status = new(_verbs, _journal);
        _ledgers = new(place, _journal);
        _world = new(place, exchange, _verbs, _status, _journal);
        _faults = [.. ProcessFaults.Of(_world), .. VerbFaults.Of(_world), .. ExchangeFaults.Of(_world), .. FileFaults.Of(_world), .. PipeFaults.Of(_world)];
    }

    /// <summary>Runs it.</summary>
    /// <returns>0 where all invariants hold, else 1.</returns>
    public static async Task<int> RunAsync(ChaosOptions options, CancellationToken cancellationToken)
    {
        var place = Workplace.Create(options);
        Tell($"Seed {options.Seed}, {options.Duration.TotalMinutes:0.##} minutes, in {place.Root}.");
        if (!place.HasOwnDisk)
        {
            Tell("The disk is not filled: only root can have a small one for it.");
        }

        if (place.Clock is null)
        {
            Tell("The wall clock is not moved: there is no C compiler (cc) for the few lines that do it.");
        }

        var holds = false;
        try
        {
            using var exchange = await Exchange.StartAsync(place, options.Duration * 0.8, cancellationToken);
            using var run = new ChaosRun(options, place, exchange);
            holds = await run.RunAsync(cancellationToken);
            return holds ? 0 : 1;
        }
        finally
        {
            if (holds && options.Folder is null)
            {
                place.Delete();
            }
            else
            {
                Keep(place);
            }
        }
    }

    public void Dispose()
    {
        // Whatever happened, nothing of it is left.
        foreach (var process in Ours())
        {
            Processes.Signal(process.Pid, 9);
        }

        _world.Dispose();
    }

    private async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        _place.Configure(_exchange.Address, 10, hasExtra: false);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watches = Task.WhenAll(_status.RunAsync(watching.Token), _ledgers.RunAsync(watching.Token));
        await _world.EnsureSupervisorAsync(cancellationToken);
        await _world.UntilLiveAsync("The start", Workplace.Timeframes, cancellationToken);
        var atStart = Usage(_status.Latest!);

        await LetLooseAsync(cancellationToken);
        Tell("Settling …");
        await SettleAsync(cancellationToken);

        await _world.UntilAsync("The last status", _ => true, cancellationToken);
        var atEnd = _status.Latest is { } latest ? Usage(latest) : [];
        await watching.CancelAsync();
        await watches.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (watches.Exception is { } fault)
        {
            _journal.Find($"A watch has died, and saw nothing from then on: {fault.GetBaseException()}");
        }

        await CheckResultsAsync(cancellationToken);
        await CheckMessagesAsync(cancellationToken);
        await StopAsync(cancellationToken);
        CheckLogs();
        CheckUsage(atStart, atEnd);
        Check("status never lied", !_journal.Findings.Any(finding => finding.StartsWith("Status", StringComparison.Ordinal)), Text($"{_status.Compared} compared with /proc, {_status.Unanswered} without an answer"));
        Check("never two processes on one ledger", !_journal.Findings.Any(finding => finding.Contains("at once", StringComparison.Ordinal)), Text($"looked {_ledgers.Looks} times"));
        Check("everything recovered, every verb ended with a known exit code", _journal.Findings.Count == 0, Text($"{_journal.Findings.Count} findings"));
        var kills = new[] { ProcessFaults.KillBot, ProcessFaults.KillBeat, ProcessFaults.KillSupervisor }.Sum(_journal.Count);
        Tell(Text($"{kills} kills, {_journal.Faults.Values.Sum(times => times.Count)} faults in all."));
        Report.Write(Console.Out, _invariants, _journal);
        foreach (var finding in _journal.Findings)
        {
            Tell($"Finding: {finding}");
        }

        return _invariants.TrueForAll(line => line.Holds);
    }

    private async Task LetLooseAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(_options.Duration);
        Tell($"{_faults.Count} kinds of faults are let loose.");
        var seeds = new Random(_options.Seed);
        await Task.WhenAll([.. _faults.Select(fault => RepeatAsync(fault, new(seeds.Next()), end.Token))]);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task RepeatAsync(FaultKind fault, Random random, CancellationToken end)
    {
        try
        {
            while (true)
            {
                // Exponentially distributed, as what has no memory is.
                await Task.Delay(fault.Between / _options.Intensity * -Math.Log(1 - random.NextDouble()), TimeProvider.System, end);
                try
                {
                    _journal.Add(fault.Name, await fault.InjectAsync(random, end));
                }
                catch (NotNowException)
                {
                    // The next time.
                }
                catch (OperationCanceledException) when (end.IsCancellationRequested)
                {
                    _journal.Add(fault.Name, null);
                    throw;
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The end of the chaos.
        }
        catch (Exception e)
        {
            _journal.Find($"{fault.Name}: {e.GetType().Name}: {e.Message}");
        }
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_settling);
        try
        {
            Ours().ToList().ForEach(process => Processes.Signal(process.Pid, Processes.Continue));
            await _exchange.ClearFaultsAsync(patience.Token);
            _place.Configure(_exchange.Address, 10, hasExtra: false);
            await _world.EnsureSupervisorAsync(patience.Token);
            await UntilAsync(_exchange.HasEndedAsync, patience.Token);

            // Each bot once more: what was parked or turned off is tried again, and the CSV files are compared with the ledger.
            await _world.RunAsync(patience.Token, "reload");
            await _world.RunAsync(patience.Token, ["restart", .. Workplace.Timeframes, Workplace.Beat]);
            await _world.RunAsync(patience.Token, "start-all");
            var last = SyntheticMonth.Start + _place.MarketLength;
            await _world.UntilAsync(
                "The end",
                now => now.Programs.All(program => program.State == "RUNNING" && (program.Bot is not { } bot || (bot.MessagesWaiting == 0 && bot.Symbols is [{ LastCandle: { } candle }] && candle >= last.AddMilliseconds(-1)))),
                patience.Token,
                _settling);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _journal.Find($"It did not settle within {_settling.TotalSeconds} s; the last status was {StatusWatch.Describe(_status.Latest)}");
        }
    }

    private async Task CheckResultsAsync(CancellationToken cancellationToken)
    {
        foreach (var timeframe in Workplace.Timeframes)
        {
            var expected = await ResultsCheck.BacktestAsync(_place, timeframe, cancellationToken);
            var (gaps, trades) = (ResultsCheck.ReadGaps(expected, timeframe), ResultsCheck.ReadTrades(expected, timeframe));
            var difference = ResultsCheck.Difference(gaps, ResultsCheck.ReadGaps(_place.Data, timeframe)) ?? ResultsCheck.Difference(trades, ResultsCheck.ReadTrades(_place.Data, timeframe));
            Check($"gaps and trades of {timeframe} are those of a backtest", difference is null, difference ?? Text($"{gaps.Count - 2} gaps, {trades.Count - 2} trades"));
        }
    }

    private async Task CheckMessagesAsync(CancellationToken cancellationToken)
    {
        var messages = await _exchange.ReadMessagesAsync(cancellationToken);
        foreach (var chat in Workplace.Chats)
        {
            var repeated = 0;
            foreach (var timeframe in Workplace.Timeframes)
            {
                var told = MessagesCheck.Compare(messages.Where(message => message.Chat == chat), timeframe, ResultsCheck.ReadGaps(Path.Combine(_place.Root, "expected"), timeframe));
                repeated += told.Repeated;
                Check(
                    $"chat {chat} was told each gap of {timeframe}, in order", told is { Missing.Count: 0, Unknown.Count: 0, OutOfOrder.Count: 0 },
                    Text($"{told.Expected} gaps, {told.Missing.Count} missing, {told.Unknown.Count} unknown, {told.OutOfOrder.Count} out of order{First(told.Missing.Concat(told.Unknown).Concat(told.OutOfOrder))}"));
            }

            // A bot that ends between Telegram's answer and its own note, or has no answer, tells it again; settling ends each once more.
            var most = Workplace.Timeframes.Count + _faults.DistinctBy(fault => fault.Name, StringComparer.Ordinal).Sum(fault => fault.Repeats * _journal.Count(fault.Name));
            Check($"chat {chat}: what was told twice is explained", repeated <= most, Text($"{repeated} messages repeated, at most {most} faults explain one"));
        }
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        var supervisor = _status.Latest?.Supervisor.Pid ?? 0;
        var stopped = await _verbs.RunAsync(cancellationToken, "stop-all");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        await UntilAsync(_ => Task.FromResult(!Processes.IsAlive(supervisor) && !Ours().Any()), patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var left = Ours().Select(process => string.Join(' ', process.Arguments)).ToList();
        Check("stop-all leaves nobody behind", stopped.ExitCode == 0 && left.Count == 0, left.Count > 0 ? string.Join("; ", left) : Text($"exit code {stopped.ExitCode} after {stopped.Took.TotalSeconds:F1} s"));
    }

    private void CheckLogs()
    {
        var second = Stopwatch.Frequency;
        var held = (long)Held.TotalSeconds * second;
        var beats = BeatsCheck.Compare(
            BeatsCheck.ReadRecords(_place.Beats),
            LogFiles.ReadLines(_place, $"extgap_indicator_{Workplace.Beat}_stdout"),
            [.. _journal.SupervisorKills.Select(kill => (kill.From - held, kill.To + second))],
            [.. _journal.FullDisks.Select(full => (full.From - held, full.To + (5 * second)))]);
        Check(
            "no line of the heartbeats is missing, torn or twice in the logs", beats is { Missing.Count: 0, Disordered.Count: 0, Written: > 0 },
            Text($"{beats.Runs} runs, {beats.Written} lines, {beats.Missing.Count} missing, {beats.Disordered.Count} out of order or torn, {beats.Excused} lost with a killed supervisor's pipe or on a full disk{First(beats.Missing.Concat(beats.Disordered))}"));

        var crashes = Workplace.Timeframes.SelectMany(timeframe => LogFiles.ReadLines(_place, $"extgap_indicator_{timeframe}_stderr")).Concat(LogFiles.ReadLines(_place, "supervisor"))
            .Where(line => line.Contains("Unhandled exception", StringComparison.Ordinal) || line.Contains("   at ExtGap", StringComparison.Ordinal) || line.Contains("SIGSEGV", StringComparison.Ordinal)).ToList();
        Check("no unhandled exception, no crash of the product's own", crashes.Count == 0, Text($"{crashes.Count} lines{First(crashes)}"));
        var secrets = LogFiles.WithSecret(_place).ToList();
        Check("the token stands in no file but .env", secrets.Count == 0, string.Join(", ", secrets));
    }

    private void CheckUsage(Dictionary<string, (int Descriptors, long Bytes)> atStart, Dictionary<string, (int Descriptors, long Bytes)> atEnd)
    {
        foreach (var (name, (descriptors, bytes)) in atStart)
        {
            var (descriptorsAtEnd, bytesAtEnd) = atEnd.GetValueOrDefault(name);
            Check(
                $"{name}: descriptors and memory are what they were", descriptorsAtEnd <= descriptors + MostLoadedLater && bytesAtEnd <= (bytes * 1.5) + 24_000_000,
                Text($"{descriptors} descriptors, {bytes / 1e6:F1} MB at the start; {descriptorsAtEnd}, {bytesAtEnd / 1e6:F1} MB at the end"));
        }
    }

    private static Dictionary<string, (int Descriptors, long Bytes)> Usage(SupervisorStatus status) => status.Programs
        .Where(program => Workplace.Timeframes.Contains(program.Name, StringComparer.Ordinal) && program.Pid is not null).Select(program => (program.Name, Pid: program.Pid!.Value)).Append(("supervisor", status.Supervisor.Pid))
        .ToDictionary(process => process.Item1, process => (Processes.CountDescriptors(process.Item2), Processes.ResidentBytes(process.Item2)), StringComparer.Ordinal);

    private IEnumerable<ProcessInfo> Ours() => Processes.All().Where(process => process.Pid != Environment.ProcessId
        && (process.Mentions(_place.Deployment) || process.Mentions(_place.Beats)));

    private void Check(string invariant, bool holds, string detail) => _invariants.Add(new(invariant, holds, detail));

    private static void Keep(Workplace place)
    {
        if (place.HasOwnDisk)
        {
            // The disk goes with the run; what is on it is kept beside.
            var kept = Path.Combine(place.Root, "kept");
            using var copy = Process.Start("cp", ["-r", place.Deployment, kept]);
            copy.WaitForExit();
        }

        place.Dispose();
        Tell($"Everything is in {place.Root}.");
    }

    private static async Task UntilAsync(Func<CancellationToken, Task<bool>> isSo, CancellationToken cancellationToken)
    {
        while (!await isSo(cancellationToken))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }

    private static string First<T>(IEnumerable<T> items) => items.Select(item => $", first {item}").FirstOrDefault(string.Empty);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Tell(string text) => Console.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {text}");
}
