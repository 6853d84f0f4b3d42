using ExtGap.Bot.Feed;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Tests.Strategy;

public sealed class StrategyMessageTests
{
    private static readonly List<Candle> Candles = Script.Candles("walk-1m", 300);
    private static readonly Instant Beginning = Candles[0].OpenTime;

    [Fact(Timeout = 30_000)]
    public async Task The_chats_are_told_each_event_between_the_start_and_the_stop()
    {
        using var told = new ToldMessages(maxHold: TimeSpan.FromMinutes(15));
        await Bots.Of(told.Options, new ScriptedFeed(Script.Updates(Candles)), TimeProvider.System, told.Log).RunAsync(Bots.Why, TestContext.Current.CancellationToken);
        var messages = told.All;

        Assert.Contains("Started", messages[0], StringComparison.Ordinal);
        Assert.Contains("New ledger", messages[0], StringComparison.Ordinal);
        Assert.Contains("Stopped", messages[^1], StringComparison.Ordinal);
        Assert.Contains("SIGTERM", messages[^1], StringComparison.Ordinal);
        var kinds = messages[1..^1].Where(message => !message.Contains("Statistics", StringComparison.Ordinal)).Select(KindOf);
        Assert.Equal(Expected(Candles, TimeSpan.FromMinutes(15)), kinds);
        Assert.Equal(6, Expected(Candles, TimeSpan.FromMinutes(15)).Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(messages, message => message.Contains("Caught up after downtime", StringComparison.Ordinal));
    }

    [Fact(Timeout = 30_000)]
    public async Task Where_telegram_is_off_no_message_is_written_at_all()
    {
        using var told = new ToldMessages(telegram: false);
        await Bots.Of(told.Options, new ScriptedFeed(Script.Updates(Candles)), TimeProvider.System, told.Log).RunAsync(Bots.Why, TestContext.Current.CancellationToken);

        Assert.Empty(told.All);
        Assert.True(told.GapFile.Split('\n').Length > 5);
    }

    [Fact]
    public void A_corrected_entry_is_told_with_the_price_that_counts()
    {
        using var told = new ToldMessages();
        using (var strategy = told.Start(Beginning))
        {
            ToldMessages.Apply(strategy, Script.Updates(Candles, wrongOpenEvery: 1));
            strategy.Commit();
        }

        var entries = told.All.Count(message => KindOf(message).StartsWith("entry", StringComparison.Ordinal));
        Assert.True(entries > 3);
        Assert.Equal(entries, told.All.Count(message => message.Contains("Entry corrected", StringComparison.Ordinal)));
        Assert.Contains(told.All, message => message.Contains("The trade that it closed is corrected too", StringComparison.Ordinal));
    }

    [Fact]
    public void What_happened_while_it_was_down_is_told_as_caught_up_and_what_comes_then_is_not()
    {
        using var told = new ToldMessages();
        var updates = Script.Updates(Candles);
        var now = Candles[199].End;
        using (var strategy = told.Start(now, Beginning))
        {
            ToldMessages.Apply(strategy, updates[..398].Select(update => update with { Now = now }));
            ToldMessages.Apply(strategy, updates[398..]);
            strategy.Commit();
        }

        Assert.Contains("200 candles caught up", told.All[0], StringComparison.Ordinal);
        var kinds = Expected(Candles[..199], TimeSpan.FromHours(24)).Count;
        var events = told.All.Skip(1).Where(message => !message.Contains("Statistics", StringComparison.Ordinal)).ToList();
        Assert.Equal(kinds, events.TakeWhile(message => message.Contains("Caught up after downtime", StringComparison.Ordinal)).Count());
        Assert.DoesNotContain(events.Skip(kinds), message => message.Contains("Caught up after downtime", StringComparison.Ordinal));
        Assert.True(events.Count > kinds);
    }

    [Fact]
    public void A_strategy_that_is_dropped_before_its_commit_leaves_neither_events_nor_messages()
    {
        using var told = new ToldMessages();
        using (var killed = told.Start(Beginning))
        {
            ToldMessages.Apply(killed, Script.Updates(Candles));
            Assert.NotEqual(0, killed.Engine.Gaps.Count);
        }

        Assert.Empty(told.All);
        foreach (var table in new[] { "gaps", "trades", "candles", "state", "reports", "instrument" })
        {
            Assert.Equal(["0"], told.Read($"SELECT COUNT(*) FROM {table}"));
        }

        Assert.Single(told.GapFile.TrimEnd().Split('\n'));
        Assert.Equal(0, told.Log.Count("gap detected"));

        // And the next one tells it all.
        using var again = told.Start(Beginning);
        ToldMessages.Apply(again, Script.Updates(Candles));
        Assert.NotNull(again.Commit());
        Assert.Null(again.Commit());
        Assert.Equal(again.Engine.Gaps.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), told.Read("SELECT COUNT(*) FROM messages WHERE is_gap = 1")[0]);
    }

    [Fact]
    public void A_bot_that_stops_before_the_exchange_ever_answered_tells_nobody()
    {
        using var told = new ToldMessages();
        using var strategy = told.Open();
        strategy.Stop(StopReason.Failed, "no such symbol", Beginning, TimeSpan.Zero);

        Assert.Empty(told.All);
    }

    private static string KindOf(string message) =>
        message.Contains("first gap", StringComparison.Ordinal) ? "first gap"
        : message.Contains(", reversal", StringComparison.Ordinal) ? "reversal"
        : message.Contains("Entry executed", StringComparison.Ordinal) ? message.Contains(" closed: ", StringComparison.Ordinal) ? "entry with trade" : "entry"
        : message.Contains(" close: ", StringComparison.Ordinal) ? "expiry"
        : message.Contains(" gap", StringComparison.Ordinal) ? "gap" : message;

    private static List<string> Expected(List<Candle> candles, TimeSpan maxHold)
    {
        var engine = new StrategyEngine(GapAlgorithm.Group, new() { MaxHold = maxHold });
        var events = new List<EngineEvent>();
        candles.ForEach(candle => engine.CandleClosed(candle, events));
        var kinds = new List<string>();
        var closed = false;
        foreach (var happened in events)
        {
            switch (happened)
            {
                case EngineEvent.GapDetected { Gap: var gap }:
                    kinds.Add(gap.IsFirst ? "first gap" : gap.IsReversal ? "reversal" : "gap");
                    break;
                case EngineEvent.PositionClosed { Trade.Reason: CloseReason.Expiry }:
                    kinds.Add("expiry");
                    break;
                case EngineEvent.PositionClosed:
                    closed = true;
                    break;
                case EngineEvent.EntryExecuted:
                    kinds.Add(closed ? "entry with trade" : "entry");
                    closed = false;
                    break;
            }
        }

        return kinds;
    }
}
