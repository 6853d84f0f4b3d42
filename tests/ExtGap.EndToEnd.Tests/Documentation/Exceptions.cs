namespace ExtGap.EndToEnd.Tests.Documentation;

/// <summary>The one list of commands in the documents that no test runs, each with the reason. It has nothing that no document has.</summary>
public static class Exceptions
{
    /// <summary>By the first words of a line of a sh block, in any document.</summary>
    public static IReadOnlyDictionary<string, string> Lines { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["dotnet test"] = "this is a part of it",
        ["extgap init  "] = "asks on a terminal; the tests in Setup answer",
        ["./extgap init"] = "asks on a terminal; the tests in Setup answer",
        ["sqlite3 "] = "the tool may be missing; the ledgers that it would copy are tested otherwise",
        ["scripts/install.sh  "] = "builds for minutes into somebody's home; the tests in Launching install with a build that takes no time",
        ["for project in "] = "publishes for minutes; deploy/verify.sh tries what comes of it",
        ["sudo "] = "changes the machine",
        ["mkdir -p ~/"] = "changes somebody's home",
        ["cp supervisor.json supervisor.schema.json ~/"] = "changes somebody's home",
        ["cp deploy/systemd/"] = "changes somebody's home",
        ["systemctl "] = "needs systemd, which test machines need not have",
        ["loginctl "] = "needs systemd",
        ["journalctl "] = "needs systemd",
        ["docker "] = "needs Docker",
        ["kubectl "] = "needs a cluster",
        ["scripts/measure.sh "] = "measures for minutes, on a machine that has nothing else to do",
        ["scripts/chaos.sh "] = "takes minutes; the gate has a short run of it",
        ["dotnet run -c Release --project bench/"] = "measures for minutes, on a machine that has nothing else to do",
        ["git pull"] = "changes the repository",
    };

    /// <summary>Verbs and options that go on until Ctrl-C; they get it after a while.</summary>
    public static IReadOnlyList<string> Endless { get; } = ["--watch", " -f", "extgap supervise", "extgap demo", "extgap-bot --", "extgap-exchange --"];

    public static bool Covers(string line) => Lines.Keys.Any(words => line.StartsWith(words, StringComparison.Ordinal));
}
