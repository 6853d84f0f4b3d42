using ExtGap.Bot.Configuration;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Telegram;

namespace ExtGap.Bot.Checking;

/// <summary>Asks the exchange and Telegram what no file tells. Everything is asked at once, and all of it has one time limit.</summary>
internal static class OnlineCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <param name="options">Of the bot, its own credentials among them.</param>
    /// <param name="alerts">The general credentials, where there are some.</param>
    /// <param name="sendsMessage">Whether each chat gets a message.</param>
    /// <param name="time">Measures the limit.</param>
    public static async Task<IReadOnlyList<OnlineTest>> RunAsync(BotOptions options, TelegramCredentials? alerts, bool sendsMessage, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var rest = new BinanceRest(options.ApiUrl, new ExchangeClock(time), time);
        var message = sendsMessage ? $"Test message: ExtGap can write to this chat.\n{options.Instance}" : null;
        var symbols = SymbolTests.RunAsync(rest, options.Symbols, limit.Token);
        var levels = new[] { options.Telegram, alerts }.OfType<TelegramCredentials>().DistinctBy(credentials => credentials.Level, StringComparer.Ordinal);
        var credentials = await Task.WhenAll(levels.Select(level => TestAsync(level, options.TelegramUrl, message, limit.Token)));
        return [.. await symbols, .. credentials.SelectMany(tests => tests)];
    }

    private static async Task<IReadOnlyList<OnlineTest>> TestAsync(TelegramCredentials credentials, Uri url, string? message, CancellationToken cancellationToken)
    {
        using var sender = new TelegramBotSender(credentials.Token, url);
        return await new CredentialTests(sender, sender, credentials).RunAsync(message, cancellationToken);
    }
}
