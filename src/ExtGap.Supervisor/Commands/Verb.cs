using System.CommandLine;
using System.CommandLine.Parsing;

namespace ExtGap.Supervisor.Commands;

/// <summary>What the commands of all verbs have in common.</summary>
internal static class Verb
{
    /// <summary>The variable that names the configuration where no option does.</summary>
    public const string ConfigurationVariable = "EXTGAP_CONFIG";

    private const string DefaultConfiguration = "supervisor.json";

    private const string ConfigurationName = "--config";

    /// <summary>The option of all verbs, before or after them.</summary>
    public static Option<string> CreateConfigurationOption() => new(ConfigurationName)
    {
        HelpName = "PATH",
        Description = $"The configuration. [{ConfigurationVariable}, default {DefaultConfiguration}]",
        Recursive = true,
    };

    /// <summary>Absolute path of the configuration.</summary>
    public static string ConfigurationPath(ParseResult parsed, Surroundings surroundings)
    {
        var path = parsed.GetValue<string>(ConfigurationName) ?? surroundings.Variable(ConfigurationVariable);
        return Path.GetFullPath(string.IsNullOrEmpty(path) ? DefaultConfiguration : path);
    }

    public static SupervisorAccess Access(ParseResult parsed, Surroundings surroundings) => new(surroundings, ConfigurationPath(parsed, surroundings));

    public static Argument<string[]> Names(string description, bool required)
    {
        var names = new Argument<string[]>("NAME") { Description = description, Arity = required ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore };

        // The parser takes a misspelt option for one more name; no name begins with a dash.
        names.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
            {
                var options = ((CommandResult)result.Parent!).Command.Options.Select(option => option.Name).ToList();
                result.AddError($"There is no option '{token.Value}'{(Suggestion.For(token.Value, options) is { } option ? $": did you mean {option}?" : ".")}");
            }
        });
        return names;
    }

    /// <summary>What was given, each name once.</summary>
    public static IReadOnlyList<string> Given(ParseResult parsed, Argument<string[]> names) => [.. (parsed.GetValue(names) ?? []).Distinct(StringComparer.Ordinal)];
}
