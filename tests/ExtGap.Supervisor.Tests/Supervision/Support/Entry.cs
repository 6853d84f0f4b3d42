using System.Text.Json;

namespace ExtGap.Supervisor.Tests.Supervision.Support;

/// <summary>Programs as supervisor.json has them.</summary>
/// <remarks>
/// Each process of a program takes a lock that its whole group holds, and whoever finds it taken writes his name into the file <c>clashes</c>:
/// two generations at once are seen however short they meet. Its pid goes to <c>NAME.pids</c>.
/// </remarks>
internal static class Entry
{
    private const string Guard = """
        exec 9>>"$0.generation"; flock -n 9 || echo "$0" >>clashes; echo $$ >>"$0.pids";
        """;

    /// <summary>A script for <c>sh</c>; its <c>$0</c> is the program's name.</summary>
    /// <param name="name">The program's.</param>
    /// <param name="script">What it does.</param>
    /// <param name="settings">More keys, as JSON.</param>
    public static string Shell(string name, string script, string settings = "") =>
        $$"""{{Text(name)}}: { "command": "sh", "arguments": ["-c", {{Text(Guard + script)}}, {{Text(name)}}]{{More(settings)}} }""";

    /// <summary>A bot whose executable is a script; <c>$TEST_PROGRAM</c> is the test program, which can speak as a bot does.</summary>
    public static string Bot(string name, string script, string settings = "") => $$"""
        {{Text(name)}}: { "bot": { "symbol": {{Text(name.ToUpperInvariant())}}, "timeframe": "3m" }, "environment": { "FAKE_NAME": {{Text(name)}}, "FAKE_BOT": {{Text(script)}} }{{More(settings)}} }
        """;

    /// <summary>A bot that is well.</summary>
    public static string ReadyBot(string name, string settings = "") => Bot(name, "exec \"$TEST_PROGRAM\" ready", settings);

    /// <summary>A process that SIGTERM does not end; it says that it is there by the file <c>NAME.up</c>.</summary>
    public static string Stubborn(string name, string settings = "") => Shell(name, "trap '' TERM; : >\"$0.up\"; exec sleep 1000", settings);

    public static string Text(string text) => JsonSerializer.Serialize(text);

    private static string More(string settings) => settings.Length == 0 ? settings : ", " + settings;
}
