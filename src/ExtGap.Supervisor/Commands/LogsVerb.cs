using System.CommandLine;
using System.Globalization;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Commands;

/// <summary><c>extgap logs</c>: from the supervisor, or, where none runs, from the files.</summary>
internal sealed class LogsVerb(Surroundings surroundings)
{
    private const int DefaultLines = 50;

    public Command Create()
    {
        var names = Verb.Names("Programs whose logs are read.", required: false);
        var all = new Option<bool>("--all") { Description = "The logs of all programs." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Goes on with what is written, across rotation, until Ctrl-C." };
        var lines = CreateCount("--lines", $"So many of the last lines. [default {DefaultLines}]", DefaultLines, "-n");
        var stderr = new Option<bool>("--stderr") { Description = "Stderr instead of stdout." };
        var command = new Command("logs", "Reads and follows logs.") { names, all, follow, lines, stderr };
        command.Validators.Add(result =>
        {
            var hasNames = result.GetResult(names) is { Tokens.Count: > 0 };
            if (hasNames == result.GetValue(all))
            {
                result.AddError(hasNames ? "Name programs or give --all, not both." : "Name a program, or give --all for the logs of all.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var request = new ControlRequest.Logs(Verb.Given(parsed, names), parsed.GetValue(stderr), parsed.GetValue(lines), parsed.GetValue(follow));
            return Interruption.GuardAsync(surroundings, null, token => ReadAsync(Verb.Access(parsed, surroundings), request, token), cancellationToken);
        });
        return command;
    }

    /// <summary>An option that takes a number of lines, from 0.</summary>
    public static Option<int> CreateCount(string name, string description, int usual, params string[] aliases) => new(name, aliases)
    {
        HelpName = "N",
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            if (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                result.AddError($"'{result.Tokens[0].Value}' is not a number of lines: {name} takes a whole number from 0.");
            }

            return count;
        },
    };

    private async Task<int> ReadAsync(SupervisorAccess access, ControlRequest.Logs request, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var reply in access.AskAsync(request, cancellationToken))
            {
                switch (reply)
                {
                    case ControlReply.LogLines lines:
                        surroundings.Output.WriteLog(Prefix(request, lines.Name), lines.Text);
                        break;
                    case ControlReply.Done done:
                        return done.ExitCode;
                }
            }

            return ExitCode.Failure;
        }
        catch (SupervisorException e) when (e.ExitCode == ExitCode.NoSupervisor && !access.HasConnected)
        {
            return request.Follow
                ? throw new SupervisorException(e.ExitCode, $"{e.Message} Without -f the logs can be read as they are.", e)
                : ReadFiles(access.Load(), request);
        }
    }

    private int ReadFiles(SupervisorOptions options, ControlRequest.Logs request)
    {
        foreach (var name in request.Names)
        {
            if (options.Programs.All(program => program.Name != name))
            {
                throw new SupervisorException(ExitCode.Usage, Suggestion.Complaint(name, [.. options.Programs.Select(program => program.Name)]));
            }
        }

        foreach (var program in options.Programs.Where(program => request.Names.Count == 0 || request.Names.Contains(program.Name, StringComparer.Ordinal)))
        {
            if (surroundings.TailLog(program, request.Stderr, request.Lines) is { } text)
            {
                surroundings.Output.WriteLog(Prefix(request, program.Name), text);
            }
        }

        return ExitCode.Success;
    }

    private static string Prefix(ControlRequest.Logs request, string name) => request.Names.Count == 1 ? string.Empty : name + " | ";
}
