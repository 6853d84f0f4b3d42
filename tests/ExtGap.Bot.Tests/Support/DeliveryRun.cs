using ExtGap.Bot.Ledger;
using ExtGap.Bot.Telegram;
using ExtGap.Bot.Telegram.Texts;

namespace ExtGap.Bot.Tests.Support;

/// <summary>A delivery from a real ledger to a scripted Telegram, on a time that a test moves.</summary>
internal sealed class DeliveryRun : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _finish = new();
    private readonly CancellationTokenSource _stop;
    private TelegramDelivery? _delivery;

    public DeliveryRun(CancellationToken stop, params string[] chats)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Mail = new(_folder);
        Outbox = Mail.Open(chats);
        Chats = chats;
    }

    public string[] Chats { get; }

    public Mail Mail { get; }

    public Outbox Outbox { get; }

    public ScriptedSender Sender { get; } = new();

    public WatchedTime Time { get; } = new();

    public TestLog Log { get; } = new();

    public Task Running { get; private set; } = Task.CompletedTask;

    public DeliveryStatus Status => _delivery!.Status;

    public DeliveryRun Start(IReadOnlyList<MessageSource>? sources = null)
    {
        _delivery = new(Sender, sources ?? [Mail.Source(Outbox)], Chats, MessageTexts.For(Language.English), Time, Log);
        Running = _delivery.RunAsync(_finish.Token, _stop.Token);
        return this;
    }

    public void Put(params string[] messages)
    {
        Mail.Put(messages);
        _delivery?.Wake();
    }

    public void Finish() => _finish.Cancel();

    public void Cancel() => _stop.Cancel();

    /// <summary>Moves the time second by second until something is so.</summary>
    public async Task AdvanceUntilAsync(Func<bool> condition)
    {
        while (!condition() && !Running.IsFaulted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Wait.BrieflyAsync(TestContext.Current.CancellationToken);
        }

        await (Running.IsFaulted ? Running : Task.CompletedTask);
    }

    public Task EndAsync() => Running.WaitAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Outbox.Dispose();
        Mail.Dispose();
        _folder.Dispose();
        _finish.Dispose();
        _stop.Dispose();
    }
}
