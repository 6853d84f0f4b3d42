using System.CommandLine;
using ExtGap.Bot.Configuration;

namespace ExtGap.Bot.Commands;

/// <summary>The command line's options for a list of settings, and the reader of what was given.</summary>
internal sealed class SettingOptions
{
    private readonly Dictionary<string, Option> _options = new(StringComparer.Ordinal);

    public SettingOptions(Command command, IEnumerable<Setting> settings)
    {
        foreach (var setting in settings)
        {
            Option option = setting.IsSwitch
                ? new Option<bool>(setting.Option)
                : new Option<string>(setting.Option) { HelpName = setting.ValueName };
            option.Description = setting.Default is { } value ? $"{setting.Help} [{setting.Variable}, default {value}]" : $"{setting.Help} [{setting.Variable}]";
            command.Options.Add(option);
            _options.Add(setting.Name, option);
        }
    }

    /// <summary>A reader of the settings as they stand: command line, environment, <c>.env</c>.</summary>
    /// <exception cref="BotException">The <c>.env</c> file can't be used.</exception>
    public SettingReader Read(ParseResult parsed)
    {
        var path = Given(parsed, Settings.EnvFile) ?? Variable(Settings.EnvFile.Variable);
        return new(setting => Given(parsed, setting), Variable, EnvFile.Read(string.IsNullOrEmpty(path) ? null : path));
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    private string? Given(ParseResult parsed, Setting setting)
    {
        if (!_options.TryGetValue(setting.Name, out var option) || parsed.GetResult(option) is not { Implicit: false })
        {
            return null;
        }

        return setting.IsSwitch ? (parsed.GetValue((Option<bool>)option) ? "true" : "false") : parsed.GetValue((Option<string>)option);
    }
}
