using System.Runtime.InteropServices;
using ExtGap.Tests;

namespace ExtGap.Supervisor.Tests.Control;

/// <summary>Where the program is that misbehaves on demand; it is built with the tests, in their configuration.</summary>
internal static class TestProgram
{
    public static string Folder { get; } = Path.Combine(
        Repository.Root, "tests", "ExtGap.TestProgram", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, new DirectoryInfo(AppContext.BaseDirectory).Name);

    /// <summary>The host that runs these tests.</summary>
    public static string Dotnet { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
