using System.CommandLine;

namespace ExtGap.Supervisor.Commands;

/// <summary><c>extgap names</c>: for the completion of program names; quick, and silent whatever goes wrong.</summary>
internal sealed class NamesVerb(Surroundings surroundings)
{
    /// <summary>Somebody waits with a finger on the Tab key.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    public Command Create()
    {
        var command = new Command("names", "The names of the programs, one a line.") { Hidden = true };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            foreach (var name in await FindAsync(Verb.Access(parsed, surroundings), cancellationToken))
            {
                surroundings.Output.Write(name);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private async Task<IEnumerable<string>> FindAsync(SupervisorAccess access, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, surroundings.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return (await access.AskStatusAsync([], either.Token)).Programs.Select(program => program.Name);
        }
        catch (Exception e) when (e is SupervisorException or OperationCanceledException or IOException)
        {
            try
            {
                return access.Load().Programs.Select(program => program.Name);
            }
            catch (SupervisorException)
            {
                return [];
            }
        }
    }
}
