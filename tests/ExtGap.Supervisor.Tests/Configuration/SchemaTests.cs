using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Configuration.Reading;
using ExtGap.Tests;

namespace ExtGap.Supervisor.Tests.Configuration;

/// <summary>Editors and the supervisor take the same files: the schema says what the reader does.</summary>
public sealed class SchemaTests : IDisposable
{
    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "supervisor.schema.json")))!.AsObject();

    private readonly ConfigurationFolder _folder = new();

    /// <summary>Each object of the file that has keys of its own, with a file in which it has an unknown one.</summary>
    public static TheoryData<string, string> Objects => new()
    {
        { "/", """{ "programs": { "a": { "command": "x" } }, "?": 1 }""" },
        { "/defaults", """{ "programs": { "a": { "command": "x" } }, "defaults": { "?": 1 } }""" },
        { "/programs/*", """{ "programs": { "a": { "command": "x", "?": 1 } } }""" },
        { "/programs/*/bot", """{ "programs": { "a": { "bot": { "?": 1 } } } }""" },
        { "/programs/*/restart", """{ "programs": { "a": { "command": "x", "restart": { "?": 1 } } } }""" },
        { "/programs/*/stop", """{ "programs": { "a": { "command": "x", "stop": { "?": 1 } } } }""" },
        { "/programs/*/alert", """{ "programs": { "a": { "command": "x", "alert": { "?": 1 } } } }""" },
        { "/programs/*/logs", """{ "programs": { "a": { "command": "x", "logs": { "?": 1 } } } }""" },
    };

    /// <summary>Each key of a program's that is no object with keys of its own: <c>restart/factor</c>.</summary>
    public static TheoryData<string> ProgramKeys => [.. Leaves(At("/programs/*"), "").Where(key => !key.StartsWith("bot/", StringComparison.Ordinal))];

    public static TheoryData<string> BotKeys => [.. Properties(At("/programs/*/bot")).Select(property => property.Key)];

    [Theory]
    [MemberData(nameof(Objects))]
    public void The_keys_of_an_object_are_those_that_the_reader_knows(string path, string json)
    {
        var known = Assert.Single(_folder.Faults(json)).Message.Split(["there are ", ", "], StringSplitOptions.None)[1..].Select(key => key.TrimEnd('.'));
        if (path.EndsWith("bot", StringComparison.Ordinal))
        {
            // Editors offer the option's own spelling alone.
            known = known.Where(key => !key.Any(char.IsUpper));
        }

        var schema = At(path);
        Assert.Equal(known.Order(StringComparer.Ordinal), Properties(schema).Select(property => property.Key).Order(StringComparer.Ordinal));
        Assert.False((bool)schema["additionalProperties"]!);
    }

    [Theory]
    [MemberData(nameof(ProgramKeys))]
    public void A_default_written_out_changes_nothing_and_each_example_loads(string key)
    {
        var schema = At("/programs/*/" + key);
        Assert.False(string.IsNullOrWhiteSpace((string?)schema["description"]), $"{key} has no description.");
        if (key == "command")
        {
            return;
        }

        Assert.True(schema.ContainsKey("default"), $"{key} has no default.");
        var unsaid = Load(key, null);
        var said = Load(key, schema["default"], isDefault: true) with { EnvironmentFileIsNamed = false };
        Assert.True(ProgramComparison.AreSame(unsaid, said), $"{key}: the default is another than {schema["default"]?.ToJsonString()}.");
        Assert.All(schema["examples"]?.AsArray() ?? [], example => Load(key, example));
        Assert.All(schema["enum"]?.AsArray() ?? [], choice => Load(key, choice));
        Assert.Throws<ConfigurationException>(() => Load(key, new JsonObject { ["?"] = new JsonObject() }));
    }

    [Theory]
    [MemberData(nameof(ProgramKeys))]
    public void The_ranges_of_numbers_are_those_of_the_reader(string key)
    {
        var schema = At("/programs/*/" + key);
        var range = schema["anyOf"]?.AsArray().SingleOrDefault(kind => kind!["minimum"] is not null) ?? (schema["minimum"] is null ? null : schema);
        if (range is null)
        {
            return;
        }

        var (least, most) = ((decimal)range["minimum"]!, (decimal)range["maximum"]!);
        var step = range["type"]!.ToJsonString().Contains("integer", StringComparison.Ordinal) ? 1 : 0.001m;
        Load(key, JsonValue.Create(least));
        Load(key, JsonValue.Create(most));
        Assert.Throws<ConfigurationException>(() => Load(key, JsonValue.Create(least - step)));
        Assert.Throws<ConfigurationException>(() => Load(key, JsonValue.Create(most + step)));
        if (step == 1 && !key.Contains("ax", StringComparison.Ordinal))
        {
            Assert.Throws<ConfigurationException>(() => Load(key, JsonValue.Create(least + 0.5m)));
        }
    }

    [Theory]
    [MemberData(nameof(ProgramKeys))]
    public void Null_is_taken_where_the_schema_says_so(string key)
    {
        var takesNull = At("/programs/*/" + key).ToJsonString().Contains("\"null\"", StringComparison.Ordinal);
        var json = $$"""{ "programs": { "a": { {{Members(key, null, isNull: true)}} } } }""";
        if (takesNull)
        {
            _folder.Load(json);
        }
        else
        {
            Assert.NotEmpty(_folder.Faults(json));
        }
    }

    [Theory]
    [MemberData(nameof(BotKeys))]
    public void Each_example_of_a_bots_option_loads_and_is_described(string key)
    {
        var schema = At("/programs/*/bot/" + key);
        Assert.False(string.IsNullOrWhiteSpace((string?)schema["description"]));
        JsonArray examples = schema["examples"]?.AsArray() ?? schema["enum"]!.AsArray();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => _folder.LoadProgram($"\"bot\": {{ \"{key}\": {example!.ToJsonString()} }}"));
    }

    [Fact]
    public void The_patterns_of_names_durations_and_sizes_are_those_of_the_reader()
    {
        Assert.Equal(SupervisorFile.NamePattern, (string?)Schema["properties"]!["programs"]!["propertyNames"]!["pattern"]);
        Assert.Equal(EnvironmentReader.NamePattern, (string?)Schema["$defs"]!["environment"]!["propertyNames"]!["pattern"]);
        Assert.Equal(Duration.Pattern, (string?)Schema["$defs"]!["duration"]!["pattern"]);
        Assert.Equal(ByteSize.Pattern, (string?)Schema["$defs"]!["size"]!["pattern"]);
        Assert.All(Schema["$defs"]!["duration"]!["examples"]!.AsArray(), example => Assert.True(Duration.TryParse((string)example!, out _)));
        Assert.All(Schema["$defs"]!["size"]!["examples"]!.AsArray(), example => Assert.True(ByteSize.TryParse((string)example!, out _)));
    }

    [Fact]
    public void The_examples_of_the_file_load()
    {
        Assert.All(Schema["properties"]!["programs"]!["examples"]!.AsArray(), example => _folder.Load($$"""{ "programs": {{example!.ToJsonString()}} }"""));
        var unsaid = _folder.Load("""{ "programs": { "a": { "command": "x" } } }""");
        var said = _folder.Load($$"""{ "programs": { "a": { "command": "x" } }, "runDirectory": {{Schema["properties"]!["runDirectory"]!["default"]!.ToJsonString()}} }""");
        Assert.Equal(unsaid.RunDirectory, said.RunDirectory);
    }

    [Fact]
    public void The_options_of_a_bot_are_those_that_the_bots_documentation_has()
    {
        var documented = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "bot.md")), @"^\| `--(?<name>[a-z-]+)[^`]*` \| `[A-Z]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(match => match.Groups["name"].Value);
        Assert.Equal(
            BotOptionNames.All.Concat(BotOptionNames.Refused.Select(refused => refused.Name)).Order(StringComparer.Ordinal),
            documented.Order(StringComparer.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private ProgramOptions Load(string key, JsonNode? value, bool isDefault = false) => _folder.LoadProgram(Members(key, value, isNull: false, isDefault));

    // restart/factor with 2 becomes "command": "x", "restart": { "factor": 2 }.
    private static string Members(string key, JsonNode? value, bool isNull, bool isDefault = false)
    {
        var command = key == "command" ? string.Empty : "\"command\": \"x\", ";
        if (value is null && !isNull)
        {
            return command.TrimEnd(',', ' ');
        }

        var parts = key.Split('/');
        var leaf = $"\"{parts[^1]}\": {value?.ToJsonString() ?? "null"}";

        // A long first wait needs a longest one that is as long.
        var inner = parts[^1] switch
        {
            _ when isDefault => leaf,
            "initialDelay" => leaf + ", \"maxDelay\": \"1d\"",
            "maxDelay" => leaf + ", \"initialDelay\": 0",
            _ => leaf,
        };
        return command + (parts.Length == 1 ? leaf : $"\"{parts[0]}\": {{ {inner} }}");
    }

    private static IEnumerable<string> Leaves(JsonObject schema, string prefix) => Properties(schema).SelectMany(property =>
        property.Value.ContainsKey("properties") ? Leaves(property.Value, $"{prefix}{property.Key}/") : [prefix + property.Key]);

    private static IEnumerable<KeyValuePair<string, JsonObject>> Properties(JsonObject schema) =>
        schema["properties"]!.AsObject().Select(property => KeyValuePair.Create(property.Key, Resolve(property.Value!.AsObject())));

    private static JsonObject At(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(
        Schema,
        (schema, part) => Resolve((part == "*" ? schema["additionalProperties"] : schema["properties"]![part])!.AsObject()));

    private static JsonObject Resolve(JsonObject schema) =>
        (string?)schema["$ref"] is { } reference ? Schema["$defs"]![reference.Split('/')[^1]]!.AsObject() : schema;
}
