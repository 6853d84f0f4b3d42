using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Setup;

/// <summary>The text of a <c>supervisor.json</c> with the bots that were asked for.</summary>
internal static class ConfigurationText
{
    /// <summary>The schema, for editors, where it is beside the file.</summary>
    public const string SchemaName = "supervisor.schema.json";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>A file of its own.</summary>
    public static string New(SetupAnswers answers, bool hasSchema)
    {
        var names = answers.Timeframes.Select(NameOf).ToList();
        var width = names.Select(name => name.Length).DefaultIfEmpty().Max();
        var programs = answers.Timeframes.Zip(names, (timeframe, name) =>
            $$"""    {{("\"" + name + "\":").PadRight(width + 3)}} { "bot": { "symbol": "{{string.Join(',', answers.Symbols)}}", "timeframe": "{{timeframe}}" } }""");
        var schema = hasSchema ? $"  \"$schema\": \"./{SchemaName}\",\n" : string.Empty;
        return $"{{\n{schema}  \"programs\": {{\n{string.Join(",\n", programs)}\n  }}\n}}\n";
    }

    /// <summary>
    /// A present file with other bots: one for each timeframe, the first that there was with all its settings, or a new one. Everything
    /// else stays, but for comments.
    /// </summary>
    /// <param name="present">A file that was found valid.</param>
    /// <param name="answers">The bots.</param>
    public static string Changed(string present, SetupAnswers answers)
    {
        var root = JsonNode.Parse(present.TrimStart('\uFEFF'), documentOptions: Lenient)!.AsObject();
        var programs = new JsonObject();
        var left = answers.Timeframes.ToList();
        foreach (var (name, node) in root["programs"]!.AsObject().ToList())
        {
            var program = node!.DeepClone().AsObject();
            if (program["bot"] is JsonObject bot)
            {
                if (TimeframeOf(bot) is not { } timeframe || left.Find(each => LedgerConflicts.IsSameTimeframe(each, timeframe)) is not { } taken)
                {
                    continue;
                }

                left.Remove(taken);
                bot["symbol"] = JsonValue.Create(string.Join(',', answers.Symbols));
            }

            programs[name] = program;
        }

        foreach (var timeframe in left)
        {
            programs[FreeName(timeframe, programs)] = new JsonObject
            {
                ["bot"] = new JsonObject { ["symbol"] = JsonValue.Create(string.Join(',', answers.Symbols)), ["timeframe"] = JsonValue.Create(timeframe) },
            };
        }

        root["programs"] = programs;
        return Write(root);
    }

    /// <summary>Whether a text has what no rewriting keeps.</summary>
    public static bool HasComments(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.TrimStart('\uFEFF'), new JsonDocumentOptions { AllowTrailingCommas = true });
            return false;
        }
        catch (JsonException)
        {
            return true;
        }
    }

    /// <summary>The names of a valid file's programs.</summary>
    public static IReadOnlyList<string> ProgramsOf(string text)
    {
        using var document = JsonDocument.Parse(text.TrimStart('\uFEFF'), Lenient);
        return [.. document.RootElement.GetProperty("programs").EnumerateObject().Select(program => program.Name)];
    }

    private static string? TimeframeOf(JsonObject bot) => bot["timeframe"] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    // Log files are named after programs, and there are file systems where 1M and 1m are one.
    private static string NameOf(string timeframe) => timeframe == "1M" ? "1mo" : timeframe;

    private static string FreeName(string timeframe, JsonObject programs)
    {
        var name = NameOf(timeframe);
        while (programs.Any(program => string.Equals(program.Key, name, StringComparison.OrdinalIgnoreCase)))
        {
            name += "-bot";
        }

        return name;
    }

    private static string Write(JsonObject root)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            root.WriteTo(json);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)) + "\n";
    }
}
