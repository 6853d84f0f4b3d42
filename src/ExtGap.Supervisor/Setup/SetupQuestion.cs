namespace ExtGap.Supervisor.Setup;

/// <summary>A question of the set-up.</summary>
/// <param name="Variable">The variable of <c>extgap-bot</c> that the answer is a value of, and the bot judges it by.</param>
/// <param name="Source">How a script answers it.</param>
/// <param name="Text">The question.</param>
/// <param name="Help">Told above it.</param>
internal sealed record SetupQuestion(string Variable, string Source, string Text, string Help)
{
    public static readonly SetupQuestion Symbol = new(
        "EXTGAP_SYMBOL", "--symbol", "Symbols", "The contracts to watch, separated by commas: BTCUSDT, or BTCUSDT,ETHUSDT.")
    { Usual = "BTCUSDT" };

    public static readonly SetupQuestion Timeframe = new(
        "EXTGAP_TIMEFRAME", "--timeframe", "Timeframes", "A bot for each: 1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M, or a built one such as 2m, 45m, 90m.")
    { Usual = "3m,15m,1h" };

    public static readonly SetupQuestion Token = new(
        "TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_TOKEN in the environment, or --token-stdin", "Token of the Telegram bot", "@BotFather gives it (/newbot, /token). It is not shown while you type or paste it, and is written to the env file only.")
    { IsSecret = true };

    public static readonly SetupQuestion Chats = new(
        "TELEGRAM_CHAT_IDS", "--telegram-chat", "Telegram chats", "Numbers or @channels, separated by commas. Write to the bot first, or add it to the group: it can't begin. @userinfobot tells your own number.");

    /// <summary>What is proposed where nothing else is.</summary>
    public string? Usual { get; init; }

    /// <summary>Whether the answer is never shown.</summary>
    public bool IsSecret { get; init; }
}
