using ExtGap.Exchange.Faults;
using ExtGap.Exchange.Hosting;
using Microsoft.AspNetCore.Http;

namespace ExtGap.Exchange.Telegram;

/// <summary>Stands in for Telegram's Bot API: takes messages, records them, and refuses what Telegram would, or what a fault says.</summary>
internal sealed class TelegramStandIn(ExchangeState exchange)
{
    private const string Prefix = "/bot";

    private readonly TelegramLimits _limits = new(exchange.Time);

    /// <summary>Whether an address is the Bot API's.</summary>
    public static bool IsMine(string path) => path.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context, string path)
    {
        if (Read(path) is not var (token, method) || !TelegramToken.TryReadBotId(token, out var botId))
        {
            await TelegramAnswer.ErrorAsync(context, TelegramError.NotFound);
            return;
        }

        TelegramCall call;
        try
        {
            call = new(botId, method, await TelegramCall.ReadParametersAsync(context.Request, context.RequestAborted));
        }
        catch (FormatException e)
        {
            await TelegramAnswer.ErrorAsync(context, new(400, e.Message));
            return;
        }

        await (method is "sendmessage" ? SendMessageAsync(context, call) : AnswerAsync(context, call));
    }

    private static (string Token, string Method)? Read(string path) =>
        path[Prefix.Length..].Split('/') is [var token, var method] ? (token, method.ToLowerInvariant()) : null;

    private async Task AnswerAsync(HttpContext context, TelegramCall call)
    {
        if (TelegramFaults.Cuts(exchange.Faults) is { } cut)
        {
            await CutAsync(context, cut);
        }
        else if (TelegramFaults.OfAnyCall(exchange.Faults) is { } error)
        {
            await TelegramAnswer.ErrorAsync(context, error);
        }
        else if (call.Method is "getme")
        {
            await TelegramAnswer.ResultAsync(context, json => TelegramAnswer.WriteMe(call.BotId, json));
        }
        else if (call.Method is not "getchat")
        {
            await TelegramAnswer.ErrorAsync(context, TelegramError.NotFound);
        }
        else if (TelegramCheck.Chat(call, out var chat) is { } wrong)
        {
            await TelegramAnswer.ErrorAsync(context, wrong);
        }
        else if (TelegramFaults.OfChat(exchange.Faults, chat!) is { } refusal)
        {
            await TelegramAnswer.ErrorAsync(context, refusal);
        }
        else
        {
            await TelegramAnswer.ResultAsync(context, chat!.WriteFull);
        }
    }

    private async Task SendMessageAsync(HttpContext context, TelegramCall call)
    {
        var message = new TelegramMessage
        {
            ReceivedAt = exchange.Time.GetUtcNow(),
            ExchangeTime = exchange.Clock.Now,
            BotId = call.BotId,
            Chat = call["chat_id"],
            Text = call["text"],
            ParseMode = call["parse_mode"],
        };
        if (TelegramFaults.Cuts(exchange.Faults) is { } cut)
        {
            exchange.Messages.Add(message with { Unanswered = cut.Fault.Definition.Name }, isAccepted: false);
            await CutAsync(context, cut);
            return;
        }

        if (Refuse(call, out var chat, out var text) is { } error)
        {
            exchange.Messages.Add(message with { Error = error }, isAccepted: false);
            await TelegramAnswer.ErrorAsync(context, error);
            return;
        }

        if (exchange.Faults.Inject(FaultKind.TelegramAnswerLost) is { } lost)
        {
            exchange.Messages.Add(message with { Unanswered = lost.Fault.Definition.Name }, isAccepted: true);
            context.Abort();
            return;
        }

        message = exchange.Messages.Add(message, isAccepted: true);
        if (exchange.Faults.Inject(FaultKind.TelegramSlow) is { } slow)
        {
            await Task.Delay(slow.Value.Duration!.Value, exchange.Time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await TelegramAnswer.ResultAsync(context, json => TelegramAnswer.WriteMessage(message, chat!, text, json));
    }

    private TelegramError? Refuse(TelegramCall call, out TelegramChat? chat, out string text)
    {
        text = string.Empty;
        chat = null;
        return TelegramFaults.OfAnyCall(exchange.Faults)
            ?? TelegramCheck.Chat(call, out chat)
            ?? TelegramCheck.Text(call, out text)
            ?? TelegramFaults.OfChat(exchange.Faults, chat!)
            ?? TelegramFaults.OfText(exchange.Faults, call)
            ?? (_limits.Take(chat!, exchange.Faults.Find(FaultKind.TelegramLimits)) is { } wait ? TelegramError.TooMany(wait) : null);
    }

    private async Task CutAsync(HttpContext context, ActiveFault fault)
    {
        if (fault.Kind is FaultKind.TelegramNoAnswer)
        {
            await exchange.Faults.Hold.WaitAsync(fault, context.RequestAborted);
        }

        context.Abort();
    }
}
