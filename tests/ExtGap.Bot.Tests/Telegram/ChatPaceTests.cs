using ExtGap.Bot.Telegram;

namespace ExtGap.Bot.Tests.Telegram;

public sealed class ChatPaceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_message_may_go_at_once_and_the_next_a_second_later(bool isGroup)
    {
        var pace = new ChatPace(isGroup);
        Assert.Equal(TimeSpan.Zero, pace.Next);
        pace.Sent(TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(6), pace.Next);
    }

    [Theory]
    [InlineData(false, 20)]
    [InlineData(true, 60)]
    public void The_21st_message_waits_for_its_minute_only_in_a_group(bool isGroup, int expected)
    {
        var pace = new ChatPace(isGroup);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(TimeSpan.FromSeconds(i), pace.Next);
            pace.Sent(pace.Next);
        }

        Assert.Equal(TimeSpan.FromSeconds(expected), pace.Next);
        pace.Sent(pace.Next);
        Assert.Equal(TimeSpan.FromSeconds(expected + 1), pace.Next);
    }

    [Fact]
    public void No_minute_of_a_group_ever_has_more_than_twenty()
    {
        var random = new Random(1);
        var pace = new ChatPace(isGroup: true);
        var sent = new List<TimeSpan>();
        var now = TimeSpan.Zero;
        for (var i = 0; i < 2000; i++)
        {
            now = now > pace.Next ? now : pace.Next;
            pace.Sent(now);
            sent.Add(now);
            Assert.True(i < 1 || now - sent[i - 1] >= TimeSpan.FromSeconds(1));
            Assert.True(i < 20 || now - sent[i - 20] >= TimeSpan.FromMinutes(1));
            now += TimeSpan.FromMilliseconds(random.Next(4) == 0 ? random.Next(90_000) : random.Next(500));
        }
    }
}
