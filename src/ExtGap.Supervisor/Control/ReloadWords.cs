using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Control;

/// <summary>What a reload did, in words.</summary>
internal static class ReloadWords
{
    public static IEnumerable<string> Of(ReloadResult result)
    {
        (string Words, List<string> Names)[] parts =
        [
            ("started", result.Started),
            ("stopped, no longer in the configuration", result.Stopped),
            ("restarted, its configuration has changed", result.Restarted),
            ("changed; its next start takes it", result.Changed),
        ];
        var lines = parts.SelectMany(part => part.Names.Select(name => $"{name}: {part.Words}")).ToList();
        return lines.Count > 0 ? lines : ["Nothing has changed."];
    }
}
