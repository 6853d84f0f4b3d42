using ExtGap.Tests;

namespace ExtGap.Supervisor.Tests.Running.Support;

/// <summary>Where the executables are that tests start, built in the same configuration as the tests.</summary>
internal static class Executables
{
    // The tests run in bin/CONFIGURATION/FRAMEWORK.
    private static readonly DirectoryInfo Framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Extgap { get; } = PathOf("src/ExtGap.Supervisor", "extgap");

    public static string TestProgram { get; } = PathOf("tests/ExtGap.TestProgram", "extgap-test-program");

    private static string PathOf(string project, string name) =>
        Path.Combine(Repository.Root, project, "bin", Framework.Parent!.Name, Framework.Name, name);
}
