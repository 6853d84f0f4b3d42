using System.CommandLine;
using ExtGap.KlineFiles;

namespace ExtGap.Bot.Commands;

/// <summary>The command line of <c>extgap-bot</c>: what it understands, and how errors end.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = BotCommand.Create();
        root.Subcommands.Add(BacktestCommand.Create());
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync($"'extgap-bot {(parsed.CommandResult.Command == root ? string.Empty : parsed.CommandResult.Command.Name + " ")}--help' tells what there is.");
            return ExitCode.Usage;
        }

        // Signals are for the commands to deal with: this library would end the process two seconds after one.
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (BotException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (KlineFileException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Configuration;
        }
        catch (Exception e)
        {
            // Left to the runtime it would end the process with a signal, which looks like a kill.
            await Console.Error.WriteLineAsync($"Something unforeseen went wrong: {e}");
            return ExitCode.Failure;
        }
    }
}
