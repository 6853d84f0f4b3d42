using System.CommandLine;

namespace ExtGap.Supervisor.Commands;

/// <summary><c>extgap health</c>: for cron, Docker and Kubernetes.</summary>
internal sealed class HealthVerb(Surroundings surroundings)
{
    /// <summary>A supervisor that takes longer hangs; who asks has a time limit of his own, and would not learn why.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON document: healthy, and the problems." };
        var command = new Command("health", "Tells whether every program that should run does, and whether each bot hears the exchange and keeps up with it.") { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await ReportAsync(parsed, cancellationToken);
            if (parsed.GetValue(json))
            {
                surroundings.Output.Writer.WriteLine(VerbJson.Write(report, VerbJson.Default.HealthReport, isIndented: true));
                surroundings.Output.Writer.Flush();
            }
            else
            {
                surroundings.Output.Write(report.Healthy ? "Healthy." : string.Join('\n', report.Problems));
            }

            return report.Healthy ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private async Task<HealthReport> ReportAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, surroundings.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return HealthVerdict.Of(await Verb.Access(parsed, surroundings).AskStatusAsync([], either.Token));
        }
        catch (SupervisorException e)
        {
            // Docker knows 0 and 1 only.
            return new(Healthy: false, [e.Message]);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new(Healthy: false, [$"The supervisor does not answer within {Patience.TotalSeconds} s: it hangs, or the machine is overloaded."]);
        }
    }
}
