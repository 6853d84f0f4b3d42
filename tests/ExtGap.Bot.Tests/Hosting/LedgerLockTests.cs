using ExtGap.Bot.Hosting;
using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Hosting;

public sealed class LedgerLockTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Ledger => _folder["x.db"];

    private string Lock => _folder["x.lock"];

    [Fact(Timeout = 30_000)]
    public async Task A_lock_whose_file_was_deleted_is_taken_anew()
    {
        using var held = await LedgerLock.TakeAsync(Ledger, TimeProvider.System, TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            File.Delete(Lock);
            Assert.False(LedgerLock.IsHeld(Ledger));
            held.Keep();
            Assert.True(LedgerLock.IsHeld(Ledger));
            held.Keep();
            Assert.True(LedgerLock.IsHeld(Ledger));
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_bot_that_finds_another_one_in_its_place_leaves_it_the_ledger()
    {
        using var held = await LedgerLock.TakeAsync(Ledger, TimeProvider.System, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(Lock, DateTime.UnixEpoch); // Files are told apart by their times, which pass in steps of some milliseconds.
        File.Delete(Lock);
        using var second = await LedgerLock.TakeAsync(Ledger, TimeProvider.System, TestContext.Current.CancellationToken);

        var error = Assert.Throws<BotException>(held.Keep);
        Assert.Equal(ExitCode.LedgerInUse, error.ExitCode);
        second.Keep();
        Assert.True(LedgerLock.IsHeld(Ledger));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_that_is_gone_is_the_ledgers_trouble_and_not_the_locks()
    {
        Directory.CreateDirectory(_folder["sub"]);
        using var held = await LedgerLock.TakeAsync(_folder["sub/x.db"], TimeProvider.System, TestContext.Current.CancellationToken);
        Directory.Delete(_folder["sub"], recursive: true);

        held.Keep();
        Directory.CreateDirectory(_folder["sub"]);
        held.Keep();
        Assert.True(LedgerLock.IsHeld(_folder["sub/x.db"]));
    }

    public void Dispose() => _folder.Dispose();
}
