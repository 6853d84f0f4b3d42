using System.Text.Json.Nodes;
using ExtGap.Tests;

namespace ExtGap.Supervisor.Tests.Documentation;

/// <summary>supervisor.schema.json as a list for people: each key with what it does, what it takes, and examples.</summary>
internal static class ConfigurationReference
{
    private const int Width = 140;

    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "supervisor.schema.json")))!;

    public static IEnumerable<string> Lines() =>
    [
        "### The file",
        "",
        .. Keys(Schema, string.Empty),
        "",
        "### A program",
        "",
        .. Wrapped($"In `programs` each program has these keys, either `bot` or `command` among them. In `defaults` all but {Names(OfProgramsAlone)} may stand, for all programs that don't say otherwise.", string.Empty),
        "",
        .. Keys(Schema["$defs"]!["program"]!, string.Empty),
        "",
        "### A bot",
        "",
        .. Wrapped(Description(Schema["$defs"]!["bot"]!), string.Empty),
        "",
        .. Keys(Schema["$defs"]!["bot"]!, "bot."),
    ];

    private static IEnumerable<string> OfProgramsAlone => Members(Schema["$defs"]!["program"]!).Except(Members(Schema["properties"]!["defaults"]!), StringComparer.Ordinal);

    private static IEnumerable<string> Members(JsonNode schema) => schema["properties"]!.AsObject().Select(property => property.Key);

    private static IEnumerable<string> Keys(JsonNode schema, string prefix)
    {
        foreach (var (name, property) in schema["properties"]!.AsObject())
        {
            var key = Resolve(property!);
            foreach (var line in Wrapped($"- `{prefix}{name}`: {Text(key)}", "  "))
            {
                yield return line;
            }

            // The options of a bot, and what defaults may have, have lists of their own.
            if (key["properties"] is not null && name is not ("bot" or "defaults"))
            {
                foreach (var line in Keys(key, $"{prefix}{name}."))
                {
                    yield return line;
                }
            }
        }
    }

    private static JsonNode Resolve(JsonNode schema) => schema["$ref"] is { } reference ? Schema["$defs"]![reference.GetValue<string>()["#/$defs/".Length..]]! : schema;

    private static string Text(JsonNode key)
    {
        var text = Description(key);
        if (key["enum"] is JsonArray values)
        {
            text += $" One of {Names(values.Select(value => value!.GetValue<string>()))}.";
        }

        if (key["examples"] is JsonArray examples)
        {
            text += $" For example {string.Join(" or ", examples.Select(example => $"`{example?.ToJsonString() ?? "null"}`"))}.";
        }

        return text;
    }

    private static string Description(JsonNode schema) => schema["description"]!.GetValue<string>();

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    // What is between backticks is not broken: a blank in it counts.
    private static IEnumerable<string> Wrapped(string text, string indent)
    {
        var line = string.Empty;
        foreach (var word in Words(text))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width)
            {
                yield return line;
                line = indent + word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = string.Empty;
        foreach (var part in text.Split(' '))
        {
            word = word.Length == 0 ? part : $"{word} {part}";
            if (word.Count(c => c == '`') % 2 == 0)
            {
                yield return word;
                word = string.Empty;
            }
        }
    }
}
