using System.CommandLine;
using ExtGap.Shared;
using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Commands;

/// <summary>What is said to somebody who typed something that can't be understood.</summary>
internal static class UsageErrors
{
    public static IEnumerable<string> Of(ParseResult parsed, RootCommand root)
    {
        var command = parsed.CommandResult.Command;
        if (command == root)
        {
            yield return parsed.UnmatchedTokens is [var token, ..] ? TokenText.Hide(Unknown(token, root)) : $"A verb is missing: {Words.List(Verbs(root))}.";
        }
        else
        {
            foreach (var error in parsed.Errors)
            {
                yield return TokenText.Hide(error.Message);
            }
        }

        yield return $"'extgap {(command == root ? string.Empty : command.Name + " ")}--help' tells what there is.";
    }

    private static string Unknown(string token, RootCommand root)
    {
        if (token.StartsWith('-'))
        {
            return $"There is no option '{token}' without a verb.";
        }

        var verbs = Verbs(root);
        return $"There is no verb '{token}'{(Suggestion.For(token, verbs) is { } verb ? $": did you mean {verb}?" : $": the verbs are {Words.List(verbs)}.")}";
    }

    private static string[] Verbs(RootCommand root) => [.. root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name)];
}
