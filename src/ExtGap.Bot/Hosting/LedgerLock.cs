using System.Globalization;

namespace ExtGap.Bot.Hosting;

/// <summary>Holds a ledger against a second bot. The kernel lets go of it when the process ends, however it ends.</summary>
internal sealed class LedgerLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private LedgerLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a ledger, waiting for a bot that is about to end.</summary>
    /// <param name="ledgerPath">The ledger; the lock is a file beside it.</param>
    /// <param name="time">Measures the patience.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BotException">Another bot still holds it after 10 s, or its folder can't be written.</exception>
    public static async Task<LedgerLock> TakeAsync(string ledgerPath, TimeProvider time, CancellationToken cancellationToken)
    {
        var path = Path.ChangeExtension(ledgerPath, ".lock");
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new(Open(path));
            }
            catch (IOException) when (File.Exists(path))
            {
                if (time.GetElapsedTime(started) > Patience)
                {
                    throw new BotException(ExitCode.LedgerInUse, $"Another bot{ReadPid(path)} holds the ledger {ledgerPath}: stop that one, or use another --data-directory.");
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new BotException(ExitCode.Configuration, $"--data-directory: {Path.GetDirectoryName(path)} can't be written: {e.Message}", e);
            }

            await Task.Delay(BetweenTries, time, cancellationToken);
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            File.WriteAllText(PidPath(path), Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // Beside the lock: the kernel lets nobody read a file that is locked for one.
    private static string PidPath(string path) => Path.ChangeExtension(path, ".pid");

    private static string ReadPid(string path)
    {
        try
        {
            return int.TryParse(File.ReadAllText(PidPath(path)), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var pid) ? $" (process {pid})" : string.Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
