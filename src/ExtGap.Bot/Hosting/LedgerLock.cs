using System.Globalization;
using ExtGap.Bot.Ledger;
using ExtGap.Shared;

namespace ExtGap.Bot.Hosting;

/// <summary>Holds a ledger against a second bot. The kernel lets go of it when the process ends, however it ends.</summary>
internal sealed class LedgerLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly string _ledgerPath;
    private FileStream _file;

    private LedgerLock(string ledgerPath, FileStream file) => (_ledgerPath, _file) = (ledgerPath, file);

    /// <summary>Takes the lock of a ledger, waiting for a bot that is about to end.</summary>
    /// <param name="ledgerPath">The ledger; the lock is a file beside it.</param>
    /// <param name="time">Measures the patience.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BotException">Another bot still holds it after 10 s, or its folder can't be written.</exception>
    public static async Task<LedgerLock> TakeAsync(string ledgerPath, TimeProvider time, CancellationToken cancellationToken)
    {
        var path = LockPath(ledgerPath);
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new(ledgerPath, Open(path));
            }
            catch (IOException e) when (LockedFile.IsCauseOf(e))
            {
                if (time.GetElapsedTime(started) > Patience)
                {
                    throw HeldByAnother(ledgerPath);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw LedgerFaults.CantBeWritten(Directory.Exists(PidPath(path)) ? PidPath(path) : path, e);
            }

            await Task.Delay(BetweenTries, time, cancellationToken);
        }
    }

    /// <summary>
    /// Whether a living process holds the lock. The look takes a shared lock for a moment; a bot that starts in that moment finds
    /// the lock taken and tries again, as it does for ten seconds anyway.
    /// </summary>
    /// <param name="ledgerPath">The ledger.</param>
    /// <exception cref="UnauthorizedAccessException">This user may not read the lock.</exception>
    public static bool IsHeld(string ledgerPath) => LockedFile.IsHeld(LockPath(ledgerPath));

    /// <summary>The process that last took the lock of a ledger; none where that can't be told.</summary>
    public static int? ReadPid(string ledgerPath)
    {
        try
        {
            return int.TryParse(File.ReadAllText(PidPath(LockPath(ledgerPath))), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Takes the lock anew where somebody has deleted its file. Called every second or so, it leaves another bot only that long to come in.</summary>
    /// <exception cref="BotException">Another bot has come in.</exception>
    public void Keep()
    {
        var path = LockPath(_ledgerPath);
        try
        {
            if (!LockedFile.IsAt(_file, path))
            {
                var anew = Open(path);
                _file.Dispose();
                _file = anew;
            }
        }
        catch (IOException e) when (LockedFile.IsCauseOf(e) && LockedFile.IsHeld(path))
        {
            throw HeldByAnother(_ledgerPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody only looked at the lock in that moment: the next time. What is wrong with the folder shows in the ledger too, or passes.
        }
    }

    public void Dispose() => _file.Dispose();

    private static BotException HeldByAnother(string ledgerPath)
    {
        var who = ReadPid(ledgerPath) is { } pid ? string.Create(CultureInfo.InvariantCulture, $" (process {pid})") : string.Empty;
        return new(ExitCode.LedgerInUse, $"Another bot{who} holds the ledger {ledgerPath}: stop that one, or use another --data-directory.");
    }

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

    private static string LockPath(string ledgerPath) => Path.ChangeExtension(ledgerPath, ".lock");

    // Beside the lock: the kernel lets nobody read a file that is locked for one.
    private static string PidPath(string path) => Path.ChangeExtension(path, ".pid");
}
