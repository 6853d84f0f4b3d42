using ExtGap.Bot.Ledger;

namespace ExtGap.Bot.Hosting;

/// <summary>The folder of ledgers and CSV files.</summary>
internal static class DataDirectory
{
    /// <summary>Its full path, whether or not it exists.</summary>
    /// <exception cref="BotException">No folder can have that name.</exception>
    public static string FullPath(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (ArgumentException e)
        {
            throw new BotException(ExitCode.Configuration, $"--data-directory: '{path}' is no name of a folder: {e.Message}", e);
        }
    }

    /// <summary>Makes the folder where there is none.</summary>
    /// <exception cref="BotException">It can't be made.</exception>
    public static void Create(string path)
    {
        try
        {
            Directory.CreateDirectory(FullPath(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw File.Exists(path)
                ? new BotException(ExitCode.Configuration, $"--data-directory: '{path}' is a file, not a folder: name another.", e)
                : LedgerFaults.CantBeWritten(path, e);
        }
    }
}
