using System.Globalization;
using ExtGap.Chaos.Faults;
using ExtGap.Chaos.Product;
using ExtGap.Chaos.Watches;

namespace ExtGap.Chaos;

/// <summary>A month of one-minute candles through a supervised bot, live and without a fault: memory, descriptors and the ledger must not grow with time.</summary>
internal static class SoakRun
{
    private const string Timeframe = "1m";

    // Memory breathes with the garbage collector: what is compared is the median of so many samples.
    private const int Window = 15;

    /// <summary>Runs it.</summary>
    /// <returns>0 where nothing grows, else 1.</returns>
    public static async Task<int> RunAsync(ChaosOptions options, CancellationToken cancellationToken)
    {
        using var place = Workplace.Create(options);
        using var exchange = await Exchange.StartAsync(place, options.Duration, cancellationToken);
        place.Configure(exchange.Address, 60, hasExtra: false, [Timeframe]);
        var verbs = new Verbs(place);
        var started = await verbs.RunAsync(cancellationToken, "start-all");
        if (started.ExitCode != 0)
        {
            throw new InvalidOperationException(started.Output);
        }

        var samples = new List<Sample>();
        try
        {
            while (samples is not [.., { Progress: >= 1 }])
            {
                await Task.Delay(options.Duration / 400, TimeProvider.System, cancellationToken);
                samples.Add(await SampleAsync(place, verbs, cancellationToken));
            }
        }
        finally
        {
            await verbs.RunAsync(CancellationToken.None, "stop-all");
        }

        return Tell(samples) ? 0 : 1;
    }

    private static async Task<Sample> SampleAsync(Workplace place, Verbs verbs, CancellationToken cancellationToken)
    {
        var status = await verbs.StatusAsync(cancellationToken) ?? throw new InvalidOperationException("The supervisor does not answer.");
        var bot = status.Programs.Single(program => program.Name == Timeframe);
        if (bot is not { State: "RUNNING", Restarts: 0, Pid: { } pid })
        {
            throw new InvalidOperationException($"The bot does not run as it was started: {StatusWatch.Describe(status)}.");
        }

        var progress = bot.Bot?.Symbols is [{ LastCandle: { } last }] ? (last.AddMilliseconds(1) - SyntheticMonth.Start) / place.MarketLength : 0;
        var ledger = Directory.EnumerateFiles(place.Data, "*.db*").Sum(file => new FileInfo(file).Length);
        return new(progress, Processes.ResidentBytes(pid), Processes.CountDescriptors(pid), Processes.ResidentBytes(status.Supervisor.Pid), Processes.CountDescriptors(status.Supervisor.Pid), ledger, bot.Bot?.Symbols is [var symbol] ? symbol.Gaps : 0);
    }

    private static bool Tell(List<Sample> samples)
    {
        Console.WriteLine("| part of the month | gaps | bot: MB, descriptors | supervisor: MB, descriptors | ledger, MB |");
        Console.WriteLine("|---:|---:|---:|---:|---:|");
        for (var tenth = 1; tenth <= 10; tenth++)
        {
            var at = At(samples, tenth / 10.0);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {tenth * 10} % | {at.Gaps} | {at.BotBytes / 1e6:F1}, {at.BotDescriptors} | {at.SupervisorBytes / 1e6:F1}, {at.SupervisorDescriptors} | {at.LedgerBytes / 1e6:F2} |"));
        }

        var (first, half, last) = (At(samples, 0.1), At(samples, 0.5), At(samples, 1));
        var invariants = new List<Report.Line>
        {
            new("the bot's memory at the end is within 10 % of that after the first tenth", last.BotBytes <= first.BotBytes * 1.1, Percent(first.BotBytes, last.BotBytes)),
            new("the supervisor's, too", last.SupervisorBytes <= first.SupervisorBytes * 1.1, Percent(first.SupervisorBytes, last.SupervisorBytes)),
            // A connection of REST's pool that was idle for long is closed.
            new("no descriptor is open more than then", last.BotDescriptors <= first.BotDescriptors && last.SupervisorDescriptors <= first.SupervisorDescriptors, $"{first.BotDescriptors} and {first.SupervisorDescriptors}, then {last.BotDescriptors} and {last.SupervisorDescriptors}"),

            // What stays for ever is gaps and trades: 200 bytes each are plenty. Candles beyond those that are kept must not add to it.
            new("the ledger grows in its second half by no more than its gaps and trades", last.LedgerBytes - half.LedgerBytes <= (last.Gaps - half.Gaps) * 400L, Percent(half.LedgerBytes, last.LedgerBytes)),
        };
        Report.Write(Console.Out, invariants, new Journal());
        return invariants.TrueForAll(line => line.Holds);
    }

    // The samples up to a part of the month, the newest of which are smoothed.
    private static Sample At(List<Sample> samples, double progress)
    {
        var window = samples.Where(sample => sample.Progress <= progress).TakeLast(Window).ToList();
        var newest = window[^1];
        return newest with
        {
            BotBytes = Median(window.Select(sample => sample.BotBytes)),
            SupervisorBytes = Median(window.Select(sample => sample.SupervisorBytes)),
            BotDescriptors = (int)Median(window.Select(sample => (long)sample.BotDescriptors)),
            SupervisorDescriptors = (int)Median(window.Select(sample => (long)sample.SupervisorDescriptors)),
        };
    }

    private static long Median(IEnumerable<long> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static string Percent(long before, long after) =>
        string.Create(CultureInfo.InvariantCulture, $"{before / 1e6:F1} MB, then {after / 1e6:F1} MB, {100.0 * (after - before) / before:+0.0;-0.0} %");

    private sealed record Sample(double Progress, long BotBytes, int BotDescriptors, long SupervisorBytes, int SupervisorDescriptors, long LedgerBytes, int Gaps);
}
