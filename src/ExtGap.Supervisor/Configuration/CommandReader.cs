using ExtGap.Supervisor.Configuration.Reading;

namespace ExtGap.Supervisor.Configuration;

/// <summary>Reads what a program runs: a <c>bot</c> or a <c>command</c>.</summary>
internal sealed class CommandReader(string folder)
{
    /// <returns>None where something is wrong with it.</returns>
    public ProgramCommand? Read(ConfigObject json)
    {
        var (bot, command, arguments, directory) = (json.Take("bot"), json.Take("command"), json.Take("arguments"), json.Take("directory"));
        if (bot is not null && command is not null)
        {
            json.Reject(command, "a program has either `bot` or `command`, not both.");
        }

        foreach (var member in new[] { arguments, directory }.OfType<ConfigMember>().Where(_ => command is null))
        {
            json.Reject(member, "this goes with `command` only; the options of a bot are keys of `bot`.");
        }

        switch (bot, command)
        {
            case ({ } member, null):
                return json.Within(member) is { } options ? ReadBot(options) : null;
            case (null, { }):
                var path = json.Read("command", ProgramLimits.Command, string.Empty);
                var place = json.Read("directory", ProgramLimits.Folder, folder);
                return new ProgramCommand.Executable(path, arguments is null ? [] : ReadArguments(json, arguments), Path.GetFullPath(place, folder));
            case (null, null):
                json.Reject("the program has nothing to run: give it a `bot` or a `command`.");
                return null;
            default:
                return null;
        }
    }

    private static List<string> ReadArguments(ConfigObject json, ConfigMember member)
    {
        var arguments = new List<string>();
        if (member.Value is not ConfigNode.Array array)
        {
            json.Reject(member, $"{member.Value.Shown} is not possible: an array of texts such as [\"-v\", \"file\"].");
            return arguments;
        }

        foreach (var (item, index) in array.Items.Select((item, index) => (item, index)))
        {
            if (item is ConfigNode.Text text && !text.Value.Contains('\0'))
            {
                arguments.Add(text.Value);
            }
            else
            {
                json.Reject(member, index, item, $"{item.Shown} is not possible: text in quotes, numbers too.");
            }
        }

        return arguments;
    }

    private static ProgramCommand.Bot ReadBot(ConfigObject json)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in BotOptionNames.All)
        {
            var (option, camelCase) = (json.Take(name), BotOptionNames.CamelCase(name));
            var other = camelCase == name ? null : json.Take(camelCase);
            if (option is not null && other is not null)
            {
                json.Reject(other, $"this is the same as `{name}` on line {option.Line}: keep one.");
            }

            if ((option ?? other) is { } member && ReadOption(json, name, member) is { } value)
            {
                options.Add(name, value);
            }
        }

        json.RejectUnknown(key => Array.Find(BotOptionNames.Refused, refused => key == refused.Name || key == BotOptionNames.CamelCase(refused.Name)).Remedy);
        return new(options);
    }

    private static string? ReadOption(ConfigObject json, string name, ConfigMember member)
    {
        switch (member.Value)
        {
            case ConfigNode.Text text when !text.Value.Contains('\0'):
                return text.Value;
            case ConfigNode.Number number:
                return number.Written;
            case ConfigNode.Switch value:
                return value.Value ? "true" : "false";
            case ConfigNode.Array { Items: [_, ..] } array when name == "symbol" && array.Items.All(item => item is ConfigNode.Text { Value.Length: > 0 } text && !text.Value.Contains('\0')):
                return string.Join(',', array.Items.Cast<ConfigNode.Text>().Select(item => item.Value));
            default:
                json.Reject(member, $"{member.Value.Shown} is not possible: text, a number{(name == "symbol" ? ", or an array of texts such as [\"BTCUSDT\", \"ETHUSDT\"]" : " or true or false")}.");
                return null;
        }
    }
}
