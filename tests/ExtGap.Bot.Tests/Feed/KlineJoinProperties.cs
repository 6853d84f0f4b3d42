using ExtGap.Bot.Tests.Support;
using FsCheck.Xunit;

namespace ExtGap.Bot.Tests.Feed;

public sealed class KlineJoinProperties
{
    [Property(MaxTest = 1500)]
    public void Whatever_goes_wrong_on_the_way_the_candles_are_the_exchanges_each_once_and_in_order(int seed)
    {
        var simulation = new JoinSimulation(seed);
        simulation.Run();

        var expected = simulation.Exchange.Minutes.Where(minute => minute >= simulation.From).Select(minute => $"close {minute}");
        Assert.True(expected.SequenceEqual(simulation.Log.Where(line => line[0] == 'c'), StringComparer.Ordinal), Describe(simulation, seed));
    }

    [Property(MaxTest = 500)]
    public void Holes_are_told_exactly_where_the_exchange_has_none_each_once_and_before_the_next_candle(int seed)
    {
        var simulation = new JoinSimulation(seed);
        simulation.Run();

        Assert.True(
            simulation.Exchange.Holes(simulation.From, simulation.Continued).SequenceEqual(simulation.Log.Where(line => line[0] == 'h'), StringComparer.Ordinal),
            Describe(simulation, seed));
    }

    [Property(MaxTest = 500)]
    public void A_candle_is_opened_at_most_once_after_the_one_before_it_and_before_its_own_close(int seed)
    {
        var simulation = new JoinSimulation(seed);
        simulation.Run();

        var (opened, closed) = (-1, -1);
        foreach (var line in simulation.Log.Where(line => line[0] != 'h'))
        {
            var minute = int.Parse(line.AsSpan(line.IndexOf(' ', StringComparison.Ordinal) + 1));
            if (line[0] == 'o')
            {
                Assert.True(minute > opened && minute > closed, $"{line} after opened {opened}, closed {closed}: {Describe(simulation, seed)}");
                Assert.DoesNotContain(simulation.Exchange.Minutes, m => m > Math.Max(closed, simulation.From - 1) && m < minute);
                opened = minute;
            }
            else
            {
                Assert.True(opened <= minute, $"{line} while {opened} is open: {Describe(simulation, seed)}");
                closed = minute;
            }
        }
    }

    private static string Describe(JoinSimulation simulation, int seed) =>
        $"seed {seed}, {simulation}, {simulation.Fetches} fetches\nexchange {string.Join(' ', simulation.Exchange.Minutes)}\n{string.Join(", ", simulation.Log)}";
}
