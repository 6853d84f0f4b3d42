namespace ExtGap.EndToEnd.Tests.Documentation;

/// <summary>The one list of commands in the documents that no test runs, each with the reason. It has nothing that no document has.</summary>
public static class Exceptions
{
    /// <summary>By the first words of a line of a sh block, in any document.</summary>
    public static IReadOnlyDictionary<string, string> Lines { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["dotnet test"] = "this is a part of it",
        ["dotnet build -c Release"] = "builds for minutes; .ci/run builds the same sources",
        ["scripts/try.sh"] = "builds for minutes, and goes on until Ctrl-C",
    };

    /// <summary>Verbs and options that go on until Ctrl-C; they get it after a while.</summary>
    public static IReadOnlyList<string> Endless { get; } = ["--watch", " -f", "extgap supervise", "extgap-bot --symbol"];

    public static bool Covers(string line) => Lines.Keys.Any(words => line.StartsWith(words, StringComparison.Ordinal));
}
