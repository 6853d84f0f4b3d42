namespace ExtGap.Exchange.Faults;

/// <summary>The table of faults.</summary>
internal static class FaultCatalog
{
    private const string Every = "N";
    private const string Span = "DURATION";
    private const string Wait = "SECONDS";
    private const string Chat = "CHAT";

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<FaultDefinition> All { get; } = [.. Streams(), .. Rest(), .. Telegram()];

    /// <summary>How each is written, one after the other.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(fault => fault.Syntax));

    /// <summary>The fault of this name.</summary>
    public static FaultDefinition? Find(string name) => All.FirstOrDefault(fault => string.Equals(fault.Name, name, StringComparison.Ordinal));

    private static FaultDefinition[] Streams() =>
    [
        new(FaultKind.Drop, "drop", "breaks every connection off without a word, now and once, or again and again") { ValueName = Span, Parse = FaultText.Duration },
        new(FaultKind.Silence, "silence", "connections stay and are answered, but no kline is sent") { ValueName = Span, Parse = FaultText.Duration, TakesTimes = false },
        new(FaultKind.StandStill, "stand-still", "the exchange's clock stands") { TakesTimes = false },
        new(FaultKind.CutAfter, "cut-after", "closes each connection when it is that old") { ValueName = Span, NeedsValue = true, Parse = FaultText.Duration },
        new(FaultKind.RefuseStream, "refuse-stream", "answers a WebSocket's handshake with this status") { ValueName = "STATUS", Default = "403", Parse = FaultText.Status },
        new(FaultKind.CloseLate, "close-late", "x:true comes that much later, and what follows it waits") { ValueName = Span, NeedsValue = true, Parse = FaultText.Duration },
        new(FaultKind.CloseLost, "close-lost", "the x:true of every Nth candle is left out") { ValueName = Every, Default = "1", Parse = FaultText.Count },
        new(FaultKind.CloseRepeated, "close-repeated", "the x:true of every Nth candle comes twice") { ValueName = Every, Default = "1", Parse = FaultText.Count },
        new(FaultKind.LateRepeat, "late-repeat", "the x:true of every Nth candle comes again after the next candle's") { ValueName = Every, Default = "1", Parse = FaultText.Count },
        new(FaultKind.OutOfOrder, "out-of-order", "the x:true of every Nth candle comes only after the next candle's first frame") { ValueName = Every, Default = "1", Parse = FaultText.Count },
        new(FaultKind.Lost, "lost", "every Nth candle is missing on the stream; REST has it") { ValueName = Every, Default = "10", Parse = FaultText.Count },
        new(FaultKind.Hole, "hole", "every Nth candle doesn't exist, neither on the stream nor for REST") { ValueName = "N[@TIMEFRAME]", Default = "10", Parse = FaultText.CandlesOf, TakesFor = false },
        new(FaultKind.Garbage, "garbage", "before every Nth frame comes one that makes no sense") { ValueName = Every, Default = "10", Parse = FaultText.Count },
    ];

    private static FaultDefinition[] Rest() =>
    [
        new(FaultKind.Rest429, "rest-429", "429 with Retry-After") { ValueName = Wait, Default = "1", Parse = FaultText.Seconds },
        new(FaultKind.Rest418, "rest-418", "418 with Retry-After: the address is banned") { ValueName = Wait, Default = "1", Parse = FaultText.Seconds },
        new(FaultKind.Rest403, "rest-403", "403 with an HTML page"),
        new(FaultKind.Rest451, "rest-451", "451 with an HTML page"),
        new(FaultKind.Rest500, "rest-500", "500 with the exchange's -1000"),
        new(FaultKind.RestSlow, "rest-slow", "the answer comes that much later") { ValueName = Span, Default = "5s", Parse = FaultText.Duration },
        new(FaultKind.RestHalf, "rest-half", "half of the answer comes, then the connection breaks"),
        new(FaultKind.RestClosed, "rest-closed", "the connection breaks instead of an answer"),
        new(FaultKind.RestNoAnswer, "rest-no-answer", "no answer comes while the fault lasts, then the connection breaks"),
        new(FaultKind.RestLag, "rest-lag", "the newest N closed candles, and the open one, are not there yet") { ValueName = Every, Default = "1", Parse = FaultText.Candles },
        new(FaultKind.RestStaleTime, "rest-stale-time", "the exchange's time is told that much too early") { ValueName = Span, Default = "5s", Parse = FaultText.Duration },
    ];

    private static FaultDefinition[] Telegram() =>
    [
        new(FaultKind.Telegram429, "telegram-429", "429 with retry_after") { ValueName = Wait, Default = "1", Parse = FaultText.Seconds },
        new(FaultKind.TelegramChatNotFound, "telegram-chat-not-found", "400, chat not found") { ValueName = Chat, Parse = FaultText.Chat, IsPerChat = true },
        new(FaultKind.TelegramBlocked, "telegram-blocked", "403, bot was blocked by the user") { ValueName = Chat, Parse = FaultText.Chat, IsPerChat = true },
        new(FaultKind.TelegramMigrate, "telegram-migrate", "400 with migrate_to_chat_id") { ValueName = "CHAT:NEWCHAT", NeedsValue = true, Parse = FaultText.Chats, IsPerChat = true },
        new(FaultKind.TelegramCantParse, "telegram-cant-parse", "400, can't parse entities, for every message with a parse_mode"),
        new(FaultKind.Telegram401, "telegram-401", "401, the token is not valid (any more)"),
        new(FaultKind.Telegram500, "telegram-500", "500"),
        new(FaultKind.TelegramSlow, "telegram-slow", "the message is taken, the answer comes that much later") { ValueName = Span, Default = "5s", Parse = FaultText.Duration },
        new(FaultKind.TelegramNoAnswer, "telegram-no-answer", "the message isn't taken and no answer comes while the fault lasts, then the connection breaks"),
        new(FaultKind.TelegramClosed, "telegram-closed", "the connection breaks, the message isn't taken"),
        new(FaultKind.TelegramAnswerLost, "telegram-answer-lost", "the message is taken, but the connection breaks before the answer"),
        new(FaultKind.TelegramLimits, "telegram-limits", "429 beyond 1 message a second to a chat and 20 a minute to a group") { TakesTimes = false },
    ];
}
