using System.Collections.Immutable;

namespace ExtGap.Bot.Configuration;

/// <summary>The settings that there are.</summary>
internal static class Settings
{
    public static readonly Setting Symbol = new(
        "symbol", "SYMBOL,…", "The contract to watch; several, separated by commas, share this process and its connection.", "BTCUSDT");

    public static readonly Setting Timeframe = new(
        "timeframe", "TIMEFRAME", "Length of a candle, such as 3m, 15m, 1h, 1d, or a built one such as 2m, 45m, 90m.");

    public static readonly Setting Algorithm = new(
        "algorithm", "group|simple|corrected", "The rules by which gaps are found.", "group");

    public static readonly Setting Notional = new(
        "notional", "AMOUNT", "Size of a position in the quote asset, above 0.", "1000");

    public static readonly Setting EntryFeeRate = new(
        "entry-fee-rate", "RATE", "Fee of an entry as a part of the notional, 0 to 0.1: 0.0003 is 0.03 %.", "0.0003");

    public static readonly Setting ExitFeeRate = new(
        "exit-fee-rate", "RATE", "Fee of an exit as a part of the notional, 0 to 0.1.", "0.0003");

    public static readonly Setting MaxHold = new(
        "max-hold", "DURATION", "After how long a position is closed, such as 24h or 90m; 0 for never.", "24h");

    public static readonly Setting Since = new(
        "since", "TIME|AGE", "Where a new ledger starts: a time such as 2026-01-31 or 2026-01-31T12:00Z, or an age such as 7d; without it, now.");

    public static readonly Setting StatsInterval = new(
        "stats-interval", "DURATION", "How often statistics are sent, at multiples of it in UTC; 30m for 3m, 1h for 5m, 2h for 15m, 4h for 1h, else 1h.");

    public static readonly Setting Language = new("language", "en|fr", "The language of the messages.", "en");

    public static readonly Setting Instance = new(
        "instance", "NAME", "Name of this deployment in the messages; INSTANCE_ID is another name of the variable.", "LOCAL")
    { Alias = ("INSTANCE_ID", false) };

    public static readonly Setting TelegramUrl = new("telegram-url", "URL", "Telegram's Bot API.", "https://api.telegram.org");

    public static readonly Setting DataDirectory = new(
        "data-directory", "FOLDER", "Where ledger and CSV files are.", "data");

    public static readonly Setting Fresh = new(
        "fresh", "", "Start anew; the old ledger and CSV files are kept beside the new ones.")
    { IsSwitch = true };

    public static readonly Setting LogLevel = new(
        "log-level", "debug|info|warning|error", "How much is logged.", "info");

    public static readonly Setting StreamUrl = new(
        "stream-url", "URL", "The exchange's WebSocket streams.", "wss://fstream.binance.com");

    public static readonly Setting ApiUrl = new(
        "api-url", "URL", "The exchange's REST API.", "https://fapi.binance.com");

    public static readonly Setting EnvFile = new(
        "env-file", "FILE", "A file of NAME=VALUE lines that stand in for the environment; .env is read where it exists.");

    /// <summary>Those that change what gaps and trades there are.</summary>
    public static readonly ImmutableArray<Setting> Strategy = [Algorithm, Notional, EntryFeeRate, ExitFeeRate, MaxHold];

    /// <summary>Those of a running bot.</summary>
    public static readonly ImmutableArray<Setting> Bot =
        [Symbol, Timeframe, .. Strategy, Since, StatsInterval, DataDirectory, Language, Instance, Fresh, LogLevel, StreamUrl, ApiUrl, TelegramUrl, EnvFile];
}
