namespace ExtGap.Bot.Hosting;

/// <summary>The folder of ledgers and CSV files.</summary>
internal static class DataDirectory
{
    /// <summary>Makes the folder where there is none.</summary>
    /// <exception cref="BotException">It can't be made.</exception>
    public static void Create(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BotException(ExitCode.Configuration, $"--data-directory: '{path}' can't be made: {e.Message}", e);
        }
    }
}
