using System.Collections.Immutable;
using ExtGap.Bot.Telegram;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Market;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Configuration;

/// <summary>How a bot runs; <see cref="Settings"/> tells what each is.</summary>
internal sealed record BotOptions
{
    public required ImmutableArray<Symbol> Symbols { get; init; }

    public required Timeframe Timeframe { get; init; }

    public required StrategyOptions Strategy { get; init; }

    public StartingPoint? Since { get; init; }

    public required string DataDirectory { get; init; }

    public required TimeSpan StatsInterval { get; init; }

    public required Language Language { get; init; }

    public required string Instance { get; init; }

    /// <summary>None where notifications are off.</summary>
    public TelegramCredentials? Telegram { get; init; }

    /// <summary>Variables of credentials that lack their other half, and so are not used.</summary>
    public IReadOnlyList<string> IncompleteCredentials { get; init; } = [];

    public required Uri TelegramUrl { get; init; }

    public bool Fresh { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public required Uri StreamUrl { get; init; }

    public required Uri ApiUrl { get; init; }

    /// <exception cref="BotException">Something is missing or wrong; the message has every fault.</exception>
    public static BotOptions Read(SettingReader reader)
    {
        var timeframe = reader.Read(Settings.Timeframe, Timeframe.Parse);
        var (telegram, incomplete) = TelegramCredentials.Read(reader, timeframe);
        var options = new BotOptions
        {
            Symbols = reader.Read(Settings.Symbol, ParseSymbols),
            Timeframe = timeframe,
            Strategy = StrategyOptions.Read(reader),
            Since = reader.ReadOptional(Settings.Since, StartingPoint.Parse),
            DataDirectory = reader.Read(Settings.DataDirectory, text => text),
            StatsInterval = reader.ReadOptional(StatsIntervalOf(timeframe), ParseStatsInterval) ?? DefaultStatsInterval(timeframe),
            Language = reader.Read(Settings.Language, ParseLanguage),
            Instance = reader.Read(Settings.Instance, ParseInstance),
            Telegram = telegram,
            IncompleteCredentials = incomplete,
            TelegramUrl = reader.Read(Settings.TelegramUrl, ParseWebUrl),
            Fresh = reader.ReadOptional(Settings.Fresh, ParseSwitch),
            LogLevel = reader.Read(Settings.LogLevel, ParseLogLevel),
            StreamUrl = reader.Read(Settings.StreamUrl, text => ParseUrl(text, Uri.UriSchemeWss, Uri.UriSchemeWs)),
            ApiUrl = reader.Read(Settings.ApiUrl, ParseWebUrl),
        };
        if (options.Fresh && reader.IsSupervised)
        {
            reader.Reject(Settings.Fresh, $"a bot under a supervisor would start anew at each restart, and put its ledger aside: take it away, and run `extgap-bot {Settings.Fresh.Option}` once by hand while the program is stopped.");
        }

        reader.ThrowIfFaulty();
        return options;
    }

    /// <summary>Reads a list of symbols, each once.</summary>
    /// <exception cref="FormatException">One of them can't be a symbol, or there is none.</exception>
    public static ImmutableArray<Symbol> ParseSymbols(string text)
    {
        var symbols = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Symbol.Parse).Distinct();
        ImmutableArray<Symbol> list = [.. symbols];
        return list.Length > 0 ? list : throw new FormatException($"'{text}' names no symbol; one such as BTCUSDT is needed.");
    }

    /// <summary>Addresses that are not this machine's and are spoken to without encryption: whoever is in between reads and changes all that is said, the token included.</summary>
    public IEnumerable<(string Option, Uri Url)> UnencryptedUrls => new[]
        {
            (Settings.StreamUrl.Option, Url: StreamUrl),
            (Settings.ApiUrl.Option, Url: ApiUrl),
            (Settings.TelegramUrl.Option, Url: TelegramUrl),
        }
        .Where(setting => !setting.Url.IsLoopback && (setting.Url.Scheme == Uri.UriSchemeHttp || setting.Url.Scheme == Uri.UriSchemeWs));

    /// <summary>Reads the name of a deployment.</summary>
    /// <exception cref="FormatException">It is empty or too long.</exception>
    public static string ParseInstance(string text) =>
        text.Trim() is { Length: > 0 and <= 64 } name ? name : throw new FormatException($"'{text}' is not a name of 1 to 64 characters.");

    /// <summary>Reads the address of an HTTP API.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Uri ParseWebUrl(string text) => ParseUrl(text, Uri.UriSchemeHttps, Uri.UriSchemeHttp);

    private static Setting StatsIntervalOf(Timeframe timeframe) =>
        Settings.StatsInterval with { Alias = ($"STATS_INTERVAL_EXTGAP_{timeframe.FileName.ToUpperInvariant()}", true) };

    private static TimeSpan DefaultStatsInterval(Timeframe timeframe) => timeframe.ToString() switch
    {
        "3m" => TimeSpan.FromMinutes(30),
        "15m" => TimeSpan.FromHours(2),
        "1h" => TimeSpan.FromHours(4),
        _ => TimeSpan.FromHours(1),
    };

    private static TimeSpan? ParseStatsInterval(string text)
    {
        var interval = Duration.Parse(text);
        return interval >= TimeSpan.FromMinutes(1) && interval <= TimeSpan.FromDays(365)
            ? interval
            : throw new FormatException($"'{text}' is not an interval from 1m to 365d.");
    }

    private static Language ParseLanguage(string text) => text switch
    {
        "en" => Language.English,
        "fr" => Language.French,
        _ => throw new FormatException($"'{text}' is not a language of the messages: there are en and fr."),
    };

    private static bool ParseSwitch(string text) => text switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw new FormatException($"'{text}' is neither true nor false."),
    };

    private static LogLevel ParseLogLevel(string text) => text switch
    {
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => throw new FormatException($"'{text}' is not a log level: there are debug, info, warning and error."),
    };

    private static Uri ParseUrl(string text, string scheme, string plainScheme) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == scheme || url.Scheme == plainScheme) && url.Query.Length == 0
            ? url
            : throw new FormatException($"'{text}' is not a URL of the form {scheme}://host or {plainScheme}://host:port.");
}
