using ExtGap.Shared;

namespace ExtGap.Supervisor.Configuration;

/// <summary>The env file of a program. No message ever shows a value of it.</summary>
internal static class EnvironmentFile
{
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    /// <param name="path">Absolute path.</param>
    /// <param name="isNamed">Whether the configuration names it: the <c>.env</c> that nobody named may be missing.</param>
    /// <exception cref="SupervisorException">A named file is missing, or the file can't be read or is malformed.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path, bool isNamed)
    {
        try
        {
            return isNamed || Path.Exists(path) ? EnvFileReader.Read(path) : Nothing;
        }
        catch (EnvFileException e)
        {
            throw new SupervisorException(ExitCode.Configuration, e.Message, e);
        }
    }
}
