using ExtGap.Supervisor.Commands;
using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Control;

/// <summary>Names of programs that clients give.</summary>
internal static class NameCheck
{
    /// <returns>The programs of these names; all where there is no name.</returns>
    public static IReadOnlyList<ProgramView> Choose(IReadOnlyList<string> names, IReadOnlyList<ProgramView> programs) =>
        names.Count == 0 ? programs : [.. programs.Where(program => names.Contains(program.Name, StringComparer.Ordinal))];

    /// <returns>What is wrong with the first name that no program has; none where all are known.</returns>
    public static string? Complaint(IReadOnlyList<string> names, IReadOnlyList<ProgramView> programs)
    {
        var known = programs.Select(program => program.Name).ToList();
        return names.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } unknown ? Suggestion.Complaint(unknown, known) : null;
    }
}
