using System.Collections.Immutable;
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

    public bool Fresh { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public required Uri StreamUrl { get; init; }

    public required Uri ApiUrl { get; init; }

    /// <exception cref="BotException">Something is missing or wrong; the message has every fault.</exception>
    public static BotOptions Read(SettingReader reader)
    {
        var options = new BotOptions
        {
            Symbols = reader.Read(Settings.Symbol, ParseSymbols),
            Timeframe = reader.Read(Settings.Timeframe, Timeframe.Parse),
            Strategy = StrategyOptions.Read(reader),
            Since = reader.ReadOptional(Settings.Since, StartingPoint.Parse),
            DataDirectory = reader.Read(Settings.DataDirectory, text => text),
            Fresh = reader.ReadOptional(Settings.Fresh, ParseSwitch),
            LogLevel = reader.Read(Settings.LogLevel, ParseLogLevel),
            StreamUrl = reader.Read(Settings.StreamUrl, text => ParseUrl(text, Uri.UriSchemeWss, Uri.UriSchemeWs)),
            ApiUrl = reader.Read(Settings.ApiUrl, text => ParseUrl(text, Uri.UriSchemeHttps, Uri.UriSchemeHttp)),
        };
        reader.ThrowIfFaulty();
        return options;
    }

    private static ImmutableArray<Symbol> ParseSymbols(string text)
    {
        var symbols = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Symbol.Parse).Distinct();
        ImmutableArray<Symbol> list = [.. symbols];
        return list.Length > 0 ? list : throw new FormatException($"'{text}' names no symbol; one such as BTCUSDT is needed.");
    }

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
