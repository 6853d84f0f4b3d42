using System.Globalization;
using ExtGap.Chaos.Product;

namespace ExtGap.Chaos.Faults;

/// <summary>An exchange and a Telegram that misbehave in all the ways that docs/exchange.md lists, but holes: those are part of a market, not of its ways.</summary>
internal static class ExchangeFaults
{
    // By these Telegram has a message without the bot knowing, so that it comes again: for up to 4.5 s, after 1 s and 2 s more.
    private const string Slow = "telegram-slow=2s";
    private const string AnswerLost = "telegram-answer-lost";
    private const int TriesMeanwhile = 3;

    private static readonly string[] OfExchange =
    [
        "drop", "silence", "stand-still", "cut-after=1s", "refuse-stream=403", "refuse-stream=503", "close-late=20m", "close-lost=3", "close-repeated=2", "late-repeat=3",
        "out-of-order=3", "lost=7", "garbage=4", "rest-429=1", "rest-418=1", "rest-403", "rest-451", "rest-500", "rest-slow=2s", "rest-half", "rest-closed", "rest-no-answer",
        "rest-lag=2", "rest-stale-time=10m",
    ];

    private static readonly string[] OfTelegram =
    [
        "telegram-429=1", "telegram-500", "telegram-no-answer", "telegram-closed", "telegram-limits", "telegram-cant-parse", "telegram-chat-not-found=1002", "telegram-blocked=1001",
        "telegram-401", Slow, AnswerLost,
    ];

    public static IEnumerable<FaultKind> Of(World world) =>
    [
        .. OfExchange.Select(fault => new FaultKind(fault, TimeSpan.FromSeconds(6 * OfExchange.Length), (random, token) => MisbehaveAsync(world, fault, random, token))),
        .. OfTelegram.Select(fault => new FaultKind(fault, TimeSpan.FromSeconds(8 * OfTelegram.Length), (random, token) => TroubleTelegramAsync(world, fault, random, token))
        {
            Repeats = fault is Slow or AnswerLost ? TriesMeanwhile * Workplace.Timeframes.Count : 0,
        }),
    ];

    private static async Task<TimeSpan?> MisbehaveAsync(World world, string fault, Random random, CancellationToken cancellationToken)
    {
        var span = TimeSpan.FromSeconds(0.5 + (random.NextDouble() * 4));
        await world.Exchange.SetFaultAsync(fault == "drop" ? fault : With(fault, span), cancellationToken);
        await Task.Delay(span, TimeProvider.System, cancellationToken);
        return await world.UntilLiveAsync(fault, Workplace.Timeframes, cancellationToken);
    }

    private static async Task<TimeSpan?> TroubleTelegramAsync(World world, string fault, Random random, CancellationToken cancellationToken)
    {
        var span = TimeSpan.FromSeconds(0.5 + (random.NextDouble() * 4));
        await world.Exchange.SetFaultAsync(With(fault, span), cancellationToken);
        await Task.Delay(span, TimeProvider.System, cancellationToken);
        return null;
    }

    private static string With(string fault, TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{fault},for={(int)span.TotalMilliseconds}ms");
}
