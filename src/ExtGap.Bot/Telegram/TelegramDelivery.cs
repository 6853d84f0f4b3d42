using System.Threading.Channels;
using ExtGap.Bot.Telegram.Texts;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Telegram;

/// <summary>
/// Takes the messages out of the ledgers to the chats: at least once, in order for each chat, no chat waiting for another.
/// One loop owns all state and the outboxes; sending happens beside it and reports back.
/// </summary>
internal sealed class TelegramDelivery
{
    private readonly ITelegramSender _sender;
    private readonly IReadOnlyList<MessageSource> _sources;
    private readonly IReadOnlyList<ChatDelivery> _chats;
    private readonly MessageTexts _texts;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly long _started;

    // Who wakes the loop runs it: handing a message to another thread, which has to wake up first, takes longer than giving it to the network.
    private readonly Channel<Outcome?> _inputs = Channel.CreateUnbounded<Outcome?>(new() { SingleReader = true, AllowSynchronousContinuations = true });

    private volatile DeliveryStatus _status = DeliveryStatus.Idle;
    private string? _off;

    public TelegramDelivery(
        ITelegramSender sender, IReadOnlyList<MessageSource> sources, IReadOnlyList<string> chats, MessageTexts texts, TimeProvider time, ILogger log)
    {
        _sender = sender;
        _sources = sources;
        _chats = [.. chats.Select(chat => new ChatDelivery(chat, sources.Select(source => source.Outbox.MovedTo(chat)).FirstOrDefault(moved => moved is not null)))];
        _texts = texts;
        _time = time;
        _log = log;
        _started = time.GetTimestamp();
    }

    /// <summary>How it fares. Safe to ask from any thread.</summary>
    public DeliveryStatus Status => _status;

    private TimeSpan Now => _time.GetElapsedTime(_started);

    /// <summary>There are new messages. Safe to call from any thread.</summary>
    public void Wake() => _inputs.Writer.TryWrite(null);

    /// <summary>Delivers until it is stopped; what is not delivered by then stays in the ledgers.</summary>
    /// <param name="finish">No more messages will come: ends when all are delivered that can be now.</param>
    /// <param name="cancellationToken">Stops it at once.</param>
    public async Task RunAsync(CancellationToken finish, CancellationToken cancellationToken)
    {
        await using var wakeToFinish = finish.Register(Wake);
        await using var wakeToStop = cancellationToken.Register(Wake);
        await using var turn = _time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var sending = new List<Task>();
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                // Asked before looking: what came in time for it is seen below.
                var finishing = finish.IsCancellationRequested;
                var (wait, isWorthWaiting) = StartDue(sending, cancellationToken);
                if (finishing && !isWorthWaiting && !_chats.Any(chat => chat.IsSending))
                {
                    return;
                }

                turn.Change(wait ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                await _inputs.Reader.WaitToReadAsync(CancellationToken.None);
                ApplyAll();
            }
        }
        finally
        {
            await Task.WhenAll(sending);
        }

        // What Telegram has taken at the last moment need not be sent again at the next start.
        ApplyAll();
    }

    /// <summary>Sends to every chat whose turn it is.</summary>
    /// <returns>How long until the next chat's turn, none where no message waits for one; and whether one waits for a chat that is not in trouble.</returns>
    private (TimeSpan? Wait, bool IsWorthWaiting) StartDue(List<Task> sending, CancellationToken cancellationToken)
    {
        sending.RemoveAll(task => task.IsCompleted);
        TimeSpan? next = null;
        var isWorthWaiting = false;
        if (_off is null)
        {
            foreach (var chat in _chats.Where(chat => !chat.IsSending))
            {
                var now = Now;
                if (Parcel.Next(_sources, chat.Chat, _texts) is not { } parcel)
                {
                    continue;
                }

                if (chat.ReadyAt > now)
                {
                    isWorthWaiting |= !IsInTrouble(chat);
                    next = next < chat.ReadyAt - now ? next : chat.ReadyAt - now;
                    continue;
                }

                chat.Sending(now);
                sending.Add(SendAsync(chat, parcel, cancellationToken));
            }
        }

        Publish();
        return (next, isWorthWaiting);
    }

    private async Task SendAsync(ChatDelivery chat, Parcel parcel, CancellationToken cancellationToken)
    {
        var text = chat.AsPlainText ? TelegramText.CutForTelegram(TelegramText.ToPlainText(parcel.Html)) : parcel.Html;
        try
        {
            var result = await _sender.SendAsync(chat.Address, text, isHtml: !chat.AsPlainText, cancellationToken);
            _inputs.Writer.TryWrite(new(chat, parcel, result));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whether Telegram has it is not known, so it stays in the ledger.
        }
        catch (Exception e)
        {
            // Whatever it is, the message is tried again; the error's own text could have the request's address in it.
            _inputs.Writer.TryWrite(new(chat, parcel, new SendResult.Failed(e.GetType().Name)));
        }
    }

    private void ApplyAll()
    {
        while (_inputs.Reader.TryRead(out var outcome))
        {
            Apply(outcome);
        }
    }

    private void Apply(Outcome? outcome)
    {
        if (outcome is not { Chat: var chat, Parcel: var parcel, Result: var result })
        {
            return;
        }

        var wasParked = chat.ParkedWhy;
        switch (chat.Ended(result, Now))
        {
            case DeliveryStep.Delivered:
                parcel.Source.Outbox.Delivered(chat.Chat, parcel.LastId);
                break;
            case DeliveryStep.GiveUp:
                var (why, last) = result switch
                {
                    SendResult.Unexplained refused => (refused.Why, parcel.FirstId),
                    SendResult.Unacceptable refused => (refused.Why, parcel.LastId),
                    _ => ("?", parcel.LastId),
                };
                _log.MessageLost(chat.Chat, why);
                parcel.Source.Outbox.Delivered(chat.Chat, last);
                break;
            case DeliveryStep.TurnOff when _off is not null:
                break;
            case DeliveryStep.TurnOff:
                _off = result is SendResult.TokenRefused { Why: var refusal } ? refusal : "?";
                _log.TokenRefused(_off);
                break;
            default:
                Tell(chat, result, wasParked);
                break;
        }
    }

    private void Tell(ChatDelivery chat, SendResult result, string? wasParked)
    {
        switch (result)
        {
            case SendResult.ChatMoved moved:
                // In all ledgers: the one that does not know would drop what waits in it when the new number is configured.
                foreach (var source in _sources)
                {
                    source.Outbox.Moved(chat.Chat, moved.Chat);
                }

                _log.ChatMoved(chat.Chat, moved.Chat);
                break;
            case SendResult.ChatGone or SendResult.Unexplained when wasParked is null && chat.ParkedWhy is { } why:
                _log.ChatParked(chat.Chat, why);
                break;
            case SendResult.TooMany many:
                _log.AskedToWait(chat.Chat, many.RetryAfter.TotalSeconds);
                break;
            case SendResult.Failed failed:
                _log.SendFailed(chat.Chat, (chat.ReadyAt - Now).TotalSeconds, failed.Why);
                break;
            case SendResult.Unexplained refused when wasParked is null:
                _log.SentAgainAsPlainText(chat.Chat, refused.Why);
                break;
            case SendResult.Unacceptable refused:
                _log.SentAgainAsPlainText(chat.Chat, refused.Why);
                break;
            default:
                break;
        }
    }

    private static bool IsInTrouble(ChatDelivery chat) => chat.ParkedWhy is not null || chat.LastFailure is not null;

    private void Publish()
    {
        var troubles = _chats.Where(IsInTrouble).Select(chat => $"{chat.Chat}: {chat.ParkedWhy ?? chat.LastFailure}");
        _status = new(_sources.Sum(source => source.Outbox.CountWaiting()), _off, [.. troubles]);
    }

    private sealed record Outcome(ChatDelivery Chat, Parcel Parcel, SendResult Result);
}
