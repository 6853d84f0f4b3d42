using ExtGap.Exchange.Faults;
using ExtGap.Exchange.Telegram;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ExtGap.Exchange.Tests;

public sealed class TelegramLimitsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_group_takes_20_messages_a_minute_and_then_says_how_long_to_wait()
    {
        var (limits, fault) = Make();
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(limits.Take(Chat("-5"), fault));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        // 59.5 s after the first message there is room again; 20 s of them are over.
        Assert.Equal(40, limits.Take(Chat("-5"), fault));
        Assert.Null(limits.Take(Chat("5"), fault));
        _time.Advance(TimeSpan.FromSeconds(39.5));
        Assert.Null(limits.Take(Chat("-5"), fault));
        Assert.Equal(1, fault.Injected);
    }

    [Fact]
    public void A_person_takes_a_message_a_second_for_as_long_as_one_likes()
    {
        var (limits, fault) = Make();
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(limits.Take(Chat("5"), fault));
            _time.Advance(TimeSpan.FromMilliseconds(500));
            Assert.Equal(1, limits.Take(Chat("5"), fault));
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }
    }

    [Fact]
    public void Without_the_fault_there_is_no_limit()
    {
        var limits = new TelegramLimits(_time);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Null(limits.Take(Chat("-5"), null)));
    }

    private static TelegramChat Chat(string name)
    {
        Assert.True(TelegramChat.TryParse(name, out var chat));
        return chat;
    }

    private (TelegramLimits Limits, ActiveFault Fault) Make() => (new(_time), new(Fault.Parse("telegram-limits"), _time));
}
