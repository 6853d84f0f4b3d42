using System.CommandLine;
using System.CommandLine.Help;
using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Commands;

/// <summary>The command line of <c>extgap</c>: what it understands, and how errors end.</summary>
internal static class CommandLine
{
    /// <summary>Closed pipes end a process by SIGPIPE, 13, elsewhere; nobody is told more than this code.</summary>
    private const int NobodyReads = 141;

    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] arguments) => RunAsync(arguments, ProcessSurroundings.Create(), CancellationToken.None);

    /// <summary>Runs a command line in given surroundings.</summary>
    public static async Task<int> RunAsync(string[] arguments, Surroundings surroundings, CancellationToken cancellationToken)
    {
        try
        {
            return await ParseAndInvokeAsync(arguments, surroundings, cancellationToken);
        }
        catch (OutputClosedException)
        {
            return NobodyReads;
        }
    }

    /// <summary>All verbs.</summary>
    public static RootCommand Create(Surroundings surroundings)
    {
        var root = new RootCommand("Keeps ExtGap's bots, and other programs, alive.");
        root.Options.Add(Verb.CreateConfigurationOption());
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
            {
                option.Action = new HelpWithExamples(help);
            }
        }

        root.Subcommands.Add(new InitVerb(surroundings).Create());
        foreach (var command in new ChangeVerbs(surroundings).Create())
        {
            root.Subcommands.Add(command);
        }

        root.Subcommands.Add(new StatusVerb(surroundings).Create());
        root.Subcommands.Add(new HealthVerb(surroundings).Create());
        root.Subcommands.Add(new LogsVerb(surroundings).Create());
        root.Subcommands.Add(CreateSupervise(surroundings));
        root.Subcommands.Add(new CheckVerb(surroundings).Create());
        root.Subcommands.Add(new DemoVerb(surroundings).Create());
        root.Subcommands.Add(new CompletionVerb(surroundings).Create());
        root.Subcommands.Add(new NamesVerb(surroundings).Create());
        return root;
    }

    private static async Task<int> ParseAndInvokeAsync(string[] arguments, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var root = Create(surroundings);
        try
        {
            // An argument that begins with @ is a value here, not a file of further arguments.
            var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });

            // Help and version clear what is wrong with the rest.
            if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Invocation.CommandLineAction { ClearsParseErrors: true })
            {
                surroundings.Error.Write(string.Join('\n', UsageErrors.Of(parsed, root)));
                return ExitCode.Usage;
            }

            // Signals are for the verbs to deal with: this library would end the process two seconds after one.
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = surroundings.Output.Writer,
                Error = surroundings.Error.Writer,
            };
            var code = await parsed.InvokeAsync(configuration, cancellationToken);
            surroundings.Output.Writer.Flush();
            return code;
        }
        catch (SupervisorException e)
        {
            surroundings.Error.Write(e.Message);
            return e.ExitCode;
        }
        catch (Exception e) when (e is not OutputClosedException)
        {
            // Left to the runtime it would end the process with a signal, which looks like a kill.
            surroundings.Error.Write($"extgap has failed by an error that it does not know: {e.GetType().Name}: {e.Message}");
            return ExitCode.Failure;
        }
    }

    private static Command CreateSupervise(Surroundings surroundings)
    {
        var background = new Option<bool>("--background") { Hidden = true };
        var command = new Command("supervise", "Is the supervisor, in the foreground, for systemd, Docker and Replit; SIGTERM and Ctrl-C stop all programs gracefully.") { background };
        command.SetAction((parsed, cancellationToken) => surroundings.SuperviseAsync(Verb.ConfigurationPath(parsed, surroundings), parsed.GetValue(background), cancellationToken));
        return command;
    }
}
