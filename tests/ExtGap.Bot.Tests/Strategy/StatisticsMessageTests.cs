using System.Text.RegularExpressions;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Strategy;

public sealed class StatisticsMessageTests
{
    private static readonly List<Candle> Candles = Script.Candles("walk-1m", 300);
    private static readonly Instant Midnight = Candles[0].OpenTime;

    [Fact]
    public void Statistics_are_told_once_at_each_boundary()
    {
        using var told = new ToldMessages();
        using (var strategy = told.Start(Midnight))
        {
            foreach (var update in Script.Updates(Candles))
            {
                ToldMessages.Apply(strategy, [update]);
                ToldMessages.Tick(strategy, update.Now);
            }

            strategy.Commit();
        }

        Assert.Equal(["01:00", "02:00", "03:00", "04:00", "05:00"], Times(told));
    }

    [Fact]
    public void Where_the_feed_is_silent_they_come_half_a_minute_late()
    {
        using var told = new ToldMessages();
        using var strategy = told.Start(Midnight);
        ToldMessages.Tick(strategy, Midnight + TimeSpan.FromMinutes(60));
        strategy.Commit();
        Assert.Empty(Times(told));
        ToldMessages.Tick(strategy, Midnight + TimeSpan.FromMinutes(60.5));
        strategy.Commit();

        Assert.Equal(["01:00"], Times(told));
    }

    [Fact]
    public void Those_that_passed_while_it_was_down_are_told_once_and_only_after_the_missed_candles()
    {
        using var told = new ToldMessages();
        var updates = Script.Updates(Candles);
        using (var before = told.Start(Midnight))
        {
            ToldMessages.Apply(before, updates[..20]);
            before.Commit();
        }

        // Down from 00:10 to 04:40: not even the first boundary was told before.
        var now = Midnight + TimeSpan.FromMinutes(280);
        using var strategy = told.Start(now, Candles[10].OpenTime);
        ToldMessages.Tick(strategy, now);
        ToldMessages.Apply(strategy, updates[20..558].Select(update => update with { Now = now + TimeSpan.FromSeconds(20) }));
        ToldMessages.Tick(strategy, now + TimeSpan.FromSeconds(40));
        strategy.Commit();
        Assert.Empty(Times(told));
        ToldMessages.Tick(strategy, now + TimeSpan.FromSeconds(50));
        ToldMessages.Tick(strategy, now + TimeSpan.FromSeconds(51));
        strategy.Commit();

        Assert.Equal(["04:00"], Times(told));
        Assert.Contains("Caught up after downtime", told.All[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_boundary_that_was_told_is_not_told_again_after_a_restart()
    {
        using var told = new ToldMessages();
        using (var before = told.Start(Midnight))
        {
            ToldMessages.Apply(before, Script.Updates(Candles[..60]));
            before.Commit();
        }

        Assert.Equal(["01:00"], Times(told));
        using var strategy = told.Start(Midnight + TimeSpan.FromMinutes(61), Candles[60].OpenTime);
        ToldMessages.Tick(strategy, Midnight + TimeSpan.FromMinutes(65));
        strategy.Commit();

        Assert.Equal(["01:00"], Times(told));
    }

    private static List<string> Times(ToldMessages told) =>
        [.. told.All.Where(message => message.Contains("Statistics", StringComparison.Ordinal)).Select(TimeOf)];

    private static string TimeOf(string message) =>
        Regex.Match(message, "(?:due|LOCAL ·) [0-9-]+ (?<time>[0-9:]+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["time"].Value;
}
