using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ExtGap.Supervisor.Commands;
using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Demo;

/// <summary>Reads status and logs of a demo's supervisor as one stream, from its start to its end.</summary>
/// <param name="surroundings">How to connect.</param>
/// <param name="configuration">Absolute path of the demo's supervisor.json.</param>
/// <param name="supervising">Ends with the supervisor.</param>
internal sealed class DemoFeed(Surroundings surroundings, string configuration, Task supervising)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan BetweenStatus = TimeSpan.FromSeconds(1);

    // Of each log what was written before the first look.
    private const int Earlier = 1000;

    private readonly Channel<DemoUpdate> _updates = Channel.CreateBounded<DemoUpdate>(256);

    /// <summary>The updates, in the order of their arrival.</summary>
    public async IAsyncEnumerable<DemoUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var reading = ReadBothAsync(cancellationToken);
        await foreach (var update in _updates.Reader.ReadAllAsync(cancellationToken))
        {
            yield return update;
        }

        await reading;
    }

    /// <summary>Stops all programs and the supervisor.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => AskAsync(new ControlRequest.StopAll(KeepSupervisor: false), _ => null, cancellationToken);

    private async Task ReadBothAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WaitForSupervisorAsync(cancellationToken);
            await Task.WhenAll(
                AskAsync(new ControlRequest.Status([], BetweenStatus.TotalSeconds), reply => reply is ControlReply.Report report ? new DemoUpdate.Status(report.Status) : null, cancellationToken),
                AskAsync(new ControlRequest.Logs(DemoConfiguration.Timeframes, Stderr: false, Earlier, Follow: true), reply => reply is ControlReply.LogLines lines ? Pick(lines.Text) : null, cancellationToken));
            _updates.Writer.TryComplete();
        }
        catch (Exception e)
        {
            _updates.Writer.TryComplete(e);
        }
    }

    private async Task WaitForSupervisorAsync(CancellationToken cancellationToken)
    {
        var isThere = false;
        while (!isThere && !supervising.IsCompleted)
        {
            var access = Access();
            try
            {
                await access.AskStatusAsync([], cancellationToken);
                isThere = true;
            }
            catch (SupervisorException e) when (e.ExitCode == ExitCode.NoSupervisor)
            {
                await Task.Delay(BetweenLooks, surroundings.Time, cancellationToken);
            }
        }
    }

    private async Task AskAsync(ControlRequest request, Func<ControlReply, DemoUpdate?> read, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var reply in Access().AskAsync(request, cancellationToken))
            {
                if (read(reply) is { } update)
                {
                    await _updates.Writer.WriteAsync(update, cancellationToken);
                }
            }
        }
        catch (SupervisorException)
        {
            // It has ended, or is about to: what it ends with is told by itself.
        }
    }

    private SupervisorAccess Access() => new(surroundings, configuration);

    private static DemoUpdate.Happened? Pick(string text)
    {
        var events = text.Split('\n').Select(DemoEvent.Of).OfType<DemoEvent>().ToList();
        return events.Count == 0 ? null : new(events);
    }
}
