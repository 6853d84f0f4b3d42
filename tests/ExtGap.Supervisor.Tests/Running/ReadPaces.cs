using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Tests.Running;

/// <summary>How often a pipe is read: without a clock, for the pace is given the time.</summary>
public sealed class ReadPaces
{
    private const int Line = 100;

    [Fact]
    public void A_line_a_second_is_read_at_once()
    {
        var pace = new ReadPace();
        for (var second = 0; second < 5; second++)
        {
            var now = TimeSpan.FromSeconds(second);
            Assert.Equal(TimeSpan.Zero, pace.RestAt(now));
            pace.Add(Line, now);
            Assert.Equal(TimeSpan.Zero, pace.RestAt(now));
        }
    }

    [Fact]
    public void Who_writes_line_upon_line_is_read_every_two_milliseconds()
    {
        var pace = new ReadPace();
        pace.Add(Line, TimeSpan.FromMilliseconds(10));
        pace.Add(Line, TimeSpan.FromMilliseconds(11));

        Assert.Equal(ReadPace.Rest, pace.RestAt(TimeSpan.FromMilliseconds(11)));
        Assert.Equal(TimeSpan.FromMilliseconds(1), pace.RestAt(TimeSpan.FromMilliseconds(12)));
        Assert.Equal(TimeSpan.Zero, pace.RestAt(TimeSpan.FromMilliseconds(13)));
        Assert.False(pace.IsFlood);
    }

    // Each write begins a page where it doesn't fit behind the one before: of lines of 100 bytes a full pipe has 64,000, of lines of 2,049 half of its size.
    [Theory]
    [InlineData(65_536)]
    [InlineData(64_000)]
    [InlineData(16 * 2_049)]
    public void A_full_pipe_is_read_again_at_once_and_is_a_flood(int length)
    {
        var pace = new ReadPace();
        pace.Add(length, TimeSpan.FromMilliseconds(10));
        pace.Add(length, TimeSpan.FromMilliseconds(11));

        Assert.Equal(TimeSpan.Zero, pace.RestAt(TimeSpan.FromMilliseconds(11)));
        Assert.True(pace.IsFlood);
    }

    [Fact]
    public void A_flood_is_over_with_the_first_read_that_comes_late()
    {
        var pace = new ReadPace();
        pace.Add(64_000, TimeSpan.FromMilliseconds(10));
        pace.Add(Line, TimeSpan.FromMilliseconds(12));
        Assert.True(pace.IsFlood);

        pace.Add(Line, TimeSpan.FromMilliseconds(30));
        Assert.False(pace.IsFlood);
    }
}
