using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>Where the product's executables are, built in the same configuration as the tests.</summary>
public static class Executables
{
    // The tests run in bin/CONFIGURATION/FRAMEWORK.
    private static readonly DirectoryInfo Framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>The path of one of them; a path, of a tool of the system's, is taken as it is.</summary>
    public static string PathOf(string executable)
    {
        if (Path.IsPathRooted(executable))
        {
            return executable;
        }

        var project = executable switch
        {
            "extgap-bot" => "ExtGap.Bot",
            "extgap-exchange" => "ExtGap.Exchange",
            "extgap" => "ExtGap.Supervisor",
            _ => throw new ArgumentException($"There is no executable {executable}.", nameof(executable)),
        };
        return Path.Combine(Repository.Root, "src", project, "bin", Framework.Parent!.Name, Framework.Name, executable);
    }
}
