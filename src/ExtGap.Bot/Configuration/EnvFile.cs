using ExtGap.Shared;

namespace ExtGap.Bot.Configuration;

/// <summary>The <c>.env</c> file: settings and secrets that stand in for the environment. No message ever shows a value of it.</summary>
internal static class EnvFile
{
    private const string DefaultPath = ".env";

    /// <summary>Reads the file that was named, or else <c>.env</c> in the working directory where there is one.</summary>
    /// <exception cref="BotException">The named file is missing, or a file can't be read or is malformed.</exception>
    public static IReadOnlyDictionary<string, string> Read(string? path)
    {
        if (path is null && !File.Exists(DefaultPath))
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        try
        {
            return EnvFileReader.Read(path ?? DefaultPath);
        }
        catch (EnvFileException e)
        {
            throw new BotException(ExitCode.Configuration, e.Message, e);
        }
    }
}
