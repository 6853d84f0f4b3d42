using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Presentation;

/// <summary>A program's status in words, cell by cell.</summary>
internal static class ProgramWords
{
    /// <summary>Without a data frame for so long a feed is called silent: busy contracts have several a second.</summary>
    private const double Quiet = 10;

    /// <summary>What is told only of bots that last spoke longer ago, or whose candle is later, than this.</summary>
    private const double Patience = 60;

    /// <summary>What is beyond it is no profit, and could not be added up.</summary>
    private const decimal MostProfit = 1e15m;

    private const string None = "-";

    /// <summary>Name, state, pid, uptime, restarts, CPU and memory.</summary>
    public static IReadOnlyList<StyledText> Process(ProgramStatus program) =>
    [
        new(Harmless.Line(program.Name)),
        new(Harmless.Line(program.State), ToneOf(program)),
        new(program.Pid?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? None),
        new(program.UptimeSeconds is { } uptime ? Words.Span(uptime) : None),
        new(program.Restarts.ToString(System.Globalization.CultureInfo.InvariantCulture), program.Restarts > 0 ? Tone.Doubtful : Tone.Plain),
        new(program.CpuPercent is { } cpu ? Words.Percent(cpu) : None),
        new(program.MemoryBytes is { } memory ? Words.Bytes(memory) : None),
    ];

    /// <summary>Feed, last candle, trend, position and profit.</summary>
    public static IReadOnlyList<StyledText> Bot(BotReport? bot)
    {
        if (bot is null)
        {
            return [new(None), new(None), new(None), new(None), new(None)];
        }

        var symbols = bot.Symbols;
        var profit = symbols.Sum(symbol => Math.Clamp(symbol.Profit, -MostProfit, MostProfit));
        return
        [
            Feed(bot),
            new(symbols.Min(symbol => symbol.LastCandle) is { } close ? Words.Minute(close) : None),
            new(symbols is [var single] ? Harmless.Line(single.Trend ?? None) : symbols.Count == 0 ? None : Words.Count(symbols.Count, "symbol")),
            new(symbols is [var only] ? Position(only) : symbols.Count == 0 ? None : $"{symbols.Count(symbol => symbol.EntryPrice is not null)} open"),
            symbols.Count == 0 ? new(None) : new(Words.Profit(profit), profit < 0 ? Tone.Bad : profit > 0 ? Tone.Good : Tone.Plain),
        ];
    }

    /// <summary>What goes beyond the columns, worst first.</summary>
    public static IEnumerable<StyledText> Notes(ProgramStatus program)
    {
        foreach (var note in program.State switch { "BACKOFF" => Waiting(program), "FATAL" => Fatal(program), "EXITED" or "STOPPING" => Reason(program), _ => [] })
        {
            yield return note;
        }

        if (program is { WasKilled: true, State: "STOPPED" })
        {
            yield return new("its last stop took SIGKILL", Tone.Doubtful);
        }

        if (program.DroppedLogBytes > 0)
        {
            yield return new($"{Words.Bytes(program.DroppedLogBytes)} of its output were dropped: no log file would take them", Tone.Bad);
        }

        foreach (var note in program.Bot is { } bot ? BotNotes(bot) : [])
        {
            yield return note;
        }
    }

    private static Tone ToneOf(ProgramStatus program) => program.State switch
    {
        "RUNNING" => Tone.Good,
        "FATAL" => Tone.Bad,
        "EXITED" or "BACKOFF" => program.IsTroubled ? Tone.Bad : Tone.Faint,
        "STOPPED" => program.IsTroubled ? Tone.Bad : Tone.Faint,
        _ => Tone.Doubtful,
    };

    private static StyledText Feed(BotReport bot)
    {
        var silence = bot.SecondsSinceLastFrame;
        if (bot.Feed == "live")
        {
            return silence > Quiet ? new($"silent {Words.Seconds(silence.Value)}", Tone.Doubtful) : new(silence is { } age ? $"live {Words.Seconds(age)} ago" : "live", Tone.Good);
        }

        return new(Harmless.Line(bot.Feed ?? None), bot.Feed is null ? Tone.Plain : Tone.Doubtful);
    }

    private static string Position(BotSymbolReport symbol) =>
        Harmless.Line(symbol.Position ?? None) + (symbol.EntryPrice is { } entry ? $" @ {Words.Price(entry)}" : string.Empty);

    private static IEnumerable<StyledText> Waiting(ProgramStatus program)
    {
        if (program.NextTrySeconds is { } seconds)
        {
            yield return new($"next try in {Math.Ceiling(Math.Max(0, seconds)):0} s", Tone.Doubtful);
        }

        foreach (var note in Reason(program))
        {
            yield return note;
        }

        if (program.LastError is { } words && words != program.Reason)
        {
            yield return new($"last words: {words}");
        }
    }

    private static IEnumerable<StyledText> Fatal(ProgramStatus program)
    {
        foreach (var note in Reason(program))
        {
            yield return note with { Tone = Tone.Bad };
        }

        if (program.LastError is { } words && words != program.Reason)
        {
            yield return new($"last words: {words}");
        }
    }

    private static IEnumerable<StyledText> Reason(ProgramStatus program)
    {
        if (program.Reason is { } reason)
        {
            yield return new(reason);
        }

        // A watchdog's reason does not say how the process went.
        if (program.LastExit is { } exit && program.Reason?.Contains(exit, StringComparison.Ordinal) != true)
        {
            yield return new(exit);
        }
    }

    private static IEnumerable<StyledText> BotNotes(BotReport bot)
    {
        if (bot.AgeSeconds > Patience)
        {
            yield return new($"it has said nothing of itself for {Words.Seconds(bot.AgeSeconds)}", Tone.Bad);
        }

        if (bot.OverdueSeconds > Patience)
        {
            yield return new($"a candle is {Words.Seconds(bot.OverdueSeconds.Value)} overdue", Tone.Bad);
        }

        if (bot.Notifications == "refused")
        {
            yield return new("Telegram refuses its credentials", Tone.Bad);
        }

        if (bot.MessagesWaiting > 0)
        {
            yield return new($"{Words.Count(bot.MessagesWaiting, "message")} waiting for Telegram", Tone.Doubtful);
        }

        foreach (var trouble in bot.MessageTroubles)
        {
            yield return new(trouble, Tone.Doubtful);
        }

        foreach (var symbol in bot.Symbols.Count > 1 ? bot.Symbols : [])
        {
            yield return new($"{symbol.Symbol} {symbol.Trend ?? None} {Position(symbol)} {Words.Profit(symbol.Profit)}");
        }
    }
}
