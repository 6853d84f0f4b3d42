using System.CommandLine;
using ExtGap.Bot.Ledger;
using ExtGap.KlineFiles;
using ExtGap.Shared;

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
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(HealthCommand.Create());
        root.Subcommands.Add(NotifyCommand.Create());
        foreach (var command in LedgerCommands.Create())
        {
            root.Subcommands.Add(command);
        }

        // An argument that begins with @ is a value here, not a file of further arguments.
        var parsed = root.Parse(arguments, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(TokenText.Hide(error.Message));
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
            var known = LedgerFaults.Explain(e, string.Empty);
            await Console.Error.WriteLineAsync(known?.Message ?? $"extgap-bot has failed by an error that it does not know: {e}");
            return known?.ExitCode ?? ExitCode.Failure;
        }
    }
}
