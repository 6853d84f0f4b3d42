using System.Runtime.CompilerServices;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Demo;

/// <summary>Shows a demo: what happens line by line and, on a terminal, the status below it.</summary>
internal sealed class DemoShow(DemoFeed feed, Screen output)
{
    private SupervisorStatus? _last;

    /// <summary>Why the market is none; none where it is.</summary>
    public string? Failure { get; private set; }

    /// <summary>What came of it, after its end.</summary>
    public string Summary
    {
        get
        {
            var symbols = (_last?.Programs ?? []).SelectMany(program => program.Bot?.Symbols ?? []).ToList();
            return $"{Words.Count(symbols.Sum(symbol => symbol.Gaps), "gap")}, {Words.Count(symbols.Sum(symbol => symbol.Trades), "closed trade")}, {Words.Profit(symbols.Sum(symbol => symbol.Profit))} USD";
        }
    }

    /// <summary>Shows it until its supervisor ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (output.Live is { } terminal)
        {
            await terminal.ShowAsync(UpdatesAsync(cancellationToken));
            return;
        }

        await foreach (var update in UpdatesAsync(cancellationToken))
        {
            output.Write(update.Above);
        }
    }

    private async IAsyncEnumerable<LiveUpdate> UpdatesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var update in feed.ReadAsync(cancellationToken))
        {
            switch (update)
            {
                case DemoUpdate.Happened happened:
                    yield return new(happened.Lines, null);
                    break;
                case DemoUpdate.Status status:
                    yield return new([], [new(string.Empty), .. StatusTable.Lines(status.All.Programs, output.Width)]);
                    await LookAsync(status.All, cancellationToken);
                    break;
            }
        }
    }

    private async Task LookAsync(SupervisorStatus status, CancellationToken cancellationToken)
    {
        if (status.Programs.Any(program => program.Bot is not null))
        {
            _last = status;
        }

        // Whatever it is, trying again gives the same: a file that can't be read, or a port that somebody was quicker to take.
        if (Failure is null && status.Programs.FirstOrDefault(program => program is { Name: DemoConfiguration.Exchange, State: "BACKOFF" or "FATAL" or "EXITED" }) is { } exchange)
        {
            Failure = exchange.LastError ?? exchange.Reason ?? exchange.LastExit ?? exchange.State;
            await feed.StopAsync(cancellationToken);
        }
    }
}
