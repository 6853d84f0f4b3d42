using System.CommandLine;

namespace ExtGap.Supervisor.Commands;

/// <summary><c>extgap completion</c>: a script that teaches a shell the verbs, their options and the programs' names.</summary>
internal sealed class CompletionVerb(Surroundings surroundings)
{
    public Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Prints a script for the shell that completes verbs, options and the names of programs.") { shell };
        command.SetAction(parsed =>
        {
            surroundings.Output.Writer.Write(CompletionScripts.For(parsed.GetValue(shell)!));
            surroundings.Output.Writer.Flush();
            return ExitCode.Success;
        });
        return command;
    }
}
