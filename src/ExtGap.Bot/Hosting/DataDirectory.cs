using ExtGap.Bot.Ledger;

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
        catch (ArgumentException e)
        {
            throw new BotException(ExitCode.Configuration, $"--data-directory: '{path}' is no name of a folder: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw File.Exists(path)
                ? new BotException(ExitCode.Configuration, $"--data-directory: '{path}' is a file, not a folder: name another.", e)
                : LedgerFaults.CantBeWritten(path, e);
        }
    }
}
