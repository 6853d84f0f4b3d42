using System.Runtime.CompilerServices;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Demo;

/// <summary>Shows a demo: what happens line by line and, on a terminal, the status below it.</summary>
internal sealed class DemoShow(DemoFeed feed, Screen output)
{
    private int _gaps;
    private int _trades;

    /// <summary>Why there is no market; none where there is one.</summary>
    public string? Failure { get; private set; }

    /// <summary>What was shown.</summary>
    public string Summary => $"{Words.Count(_gaps, "gap")}, {Words.Count(_trades, "closed trade")}";

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
                    _gaps += happened.Events.Count(each => each.Kind == DemoEventKind.Gap);
                    _trades += happened.Events.Count(each => each.Kind == DemoEventKind.Trade);
                    yield return new([.. happened.Events.Select(each => each.Line)], null);
                    break;
                case DemoUpdate.Status status:
                    yield return new([], [new(" "), .. StatusTable.Lines(status.All.Programs, output.Width)]);
                    await LookAsync(status.All, cancellationToken);
                    break;
            }
        }
    }

    private async Task LookAsync(SupervisorStatus status, CancellationToken cancellationToken)
    {
        // Whatever it is, trying again gives the same: a file that can't be read, or a port that somebody was quicker to take.
        if (Failure is null && status.Programs.FirstOrDefault(program => program is { Name: DemoConfiguration.Exchange, State: "BACKOFF" or "FATAL" or "EXITED" }) is { } exchange)
        {
            Failure = exchange.LastError ?? exchange.Reason ?? exchange.LastExit ?? exchange.State;
            await feed.StopAsync(cancellationToken);
        }
    }
}
