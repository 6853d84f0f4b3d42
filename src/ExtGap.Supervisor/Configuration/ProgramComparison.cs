namespace ExtGap.Supervisor.Configuration;

/// <summary>Tells whether a reload has changed a program: lists and dictionaries are equal when their contents are.</summary>
internal static class ProgramComparison
{
    public static bool AreSame(ProgramOptions a, ProgramOptions b) =>
        AreSame(a.Command, b.Command)
        && AreSame(a.Environment, b.Environment)
        && a with { Command = b.Command, Environment = b.Environment } == b;

    private static bool AreSame(ProgramCommand a, ProgramCommand b) => (a, b) switch
    {
        (ProgramCommand.Bot x, ProgramCommand.Bot y) => AreSame(x.Options, y.Options),
        (ProgramCommand.Executable x, ProgramCommand.Executable y) => x.Arguments.SequenceEqual(y.Arguments, StringComparer.Ordinal) && x with { Arguments = y.Arguments } == y,
        _ => false,
    };

    private static bool AreSame(IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string> b) =>
        a.Count == b.Count && a.All(entry => b.TryGetValue(entry.Key, out var other) && other == entry.Value);
}
