using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Commands;

/// <summary><c>extgap status</c>: what runs, how it fares, and where each bot's feed and position stand.</summary>
internal sealed class StatusVerb(Surroundings surroundings)
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    public Command Create()
    {
        var names = Verb.Names("Programs; all where none is named.", required: false);
        var json = new Option<bool>("--json") { Description = "One JSON document, with --watch one a line." };
        var watch = new Option<bool>("--watch") { Description = "Shows the status anew each second, until Ctrl-C." };
        var tail = LogsVerb.CreateCount("--tail", "Adds the last N lines of each program's log.", usual: 0);
        var command = new Command("status", "Tells of each program its state, and of each bot its feed, last candle, trend, position and profit.") { names, json, watch, tail };
        command.SetAction((parsed, cancellationToken) =>
        {
            var access = Verb.Access(parsed, surroundings);
            var look = new Look(access, Verb.Given(parsed, names), parsed.GetValue(tail));
            return Interruption.GuardAsync(surroundings, null, token => (parsed.GetValue(json), parsed.GetValue(watch)) switch
            {
                (true, false) => TellJsonAsync(look, token),
                (var isJson, true) => WatchAsync(look, isJson, token),
                _ => TellAsync(look, token),
            }, cancellationToken);
        });
        return command;
    }

    private async Task<int> TellAsync(Look look, CancellationToken cancellationToken)
    {
        var status = await look.Access.AskStatusAsync(look.Names, cancellationToken);
        surroundings.Output.Write(await LinesAsync(look, status, cancellationToken));
        return StatusVerdict.Of(status);
    }

    private async Task<int> TellJsonAsync(Look look, CancellationToken cancellationToken)
    {
        var status = await look.Access.AskStatusAsync(look.Names, cancellationToken);
        WriteJson(status, isIndented: true);
        return StatusVerdict.Of(status);
    }

    private void WriteJson(SupervisorStatus status, bool isIndented)
    {
        surroundings.Output.Writer.Write(VerbJson.Write(status, VerbJson.Status, isIndented));
        surroundings.Output.Writer.Write('\n');
        surroundings.Output.Writer.Flush();
    }

    /// <summary>Ends by Ctrl-C, or with the supervisor.</summary>
    private async Task<int> WatchAsync(Look look, bool isJson, CancellationToken cancellationToken)
    {
        try
        {
            await (isJson ? WatchJsonAsync(look, cancellationToken) : WatchTableAsync(look, cancellationToken));
            throw new SupervisorException(ExitCode.NoSupervisor, "The supervisor has stopped.");
        }
        catch (SupervisorException e) when (e.ExitCode == ExitCode.Failure && look.Access.HasConnected)
        {
            throw new SupervisorException(ExitCode.NoSupervisor, "The supervisor has gone.", e);
        }
    }

    private async Task WatchJsonAsync(Look look, CancellationToken cancellationToken)
    {
        await foreach (var status in ReportsAsync(look, cancellationToken))
        {
            WriteJson(status, isIndented: false);
        }
    }

    private async Task WatchTableAsync(Look look, CancellationToken cancellationToken)
    {
        if (surroundings.Output.Live is { } terminal)
        {
            await terminal.ShowAsync(BlocksAsync(look, cancellationToken));
            return;
        }

        await foreach (var block in BlocksAsync(look, cancellationToken))
        {
            surroundings.Output.Write([.. block, new(string.Empty)]);
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<StyledLine>> BlocksAsync(Look look, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var status in ReportsAsync(look, cancellationToken))
        {
            yield return [Title(status.Supervisor), .. await LinesAsync(look, status, cancellationToken)];
        }
    }

    private StyledLine Title(SupervisorIdentity supervisor) => new(
        string.Create(CultureInfo.InvariantCulture, $"ExtGap {supervisor.Version} at {surroundings.Time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC: supervisor {supervisor.Pid}, up {Words.Span(supervisor.UptimeSeconds)}, {supervisor.Configuration}"), Tone.Faint);

    private static async IAsyncEnumerable<SupervisorStatus> ReportsAsync(Look look, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ControlRequest.Status(look.Names, WatchInterval.TotalSeconds);
        await foreach (var reply in look.Access.AskAsync(request, cancellationToken))
        {
            if (reply is ControlReply.Report report)
            {
                yield return report.Status;
            }
        }
    }

    private async Task<IReadOnlyList<StyledLine>> LinesAsync(Look look, SupervisorStatus status, CancellationToken cancellationToken)
    {
        var table = StatusTable.Lines(status.Programs, surroundings.Output.Width);
        if (look.Tail == 0)
        {
            return table;
        }

        var logs = status.Programs.ToDictionary(program => program.Name, _ => new List<string>(), StringComparer.Ordinal);
        await foreach (var reply in look.Access.AskAsync(new ControlRequest.Logs(look.Names, Stderr: false, look.Tail, Follow: false), cancellationToken))
        {
            if (reply is ControlReply.LogLines lines && logs.TryGetValue(lines.Name, out var log))
            {
                log.AddRange(Harmless.Lines(lines.Text));
            }
        }

        return
        [
            .. table,
            .. status.Programs.SelectMany(program => (StyledLine[])[new(string.Empty), new($"{program.Name}: {program.Logs.Stdout}", Tone.Heading), .. logs[program.Name].Select(line => new StyledLine(line))]),
        ];
    }

    /// <summary>What was asked for.</summary>
    private sealed record Look(SupervisorAccess Access, IReadOnlyList<string> Names, int Tail);
}
