using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Feed;

/// <summary>When REST is asked, and when again.</summary>
public sealed class KlineJoinAskingTests
{
    private readonly JoinRecorder _join = new();

    [Fact]
    public void Nothing_is_asked_while_nothing_is_missing()
    {
        _join.Tick(0.5, 30);
        _join.Open(0);

        Assert.Null(_join.Ask(30));
    }

    [Fact]
    public void A_connection_that_was_made_anew_asks_once_and_an_empty_answer_is_no_failure()
    {
        _join.Join.Connected();
        Assert.Equal(0, _join.Ask(0));
        _join.Fetched(0.2);
        Assert.Null(_join.Ask(0.2));
        Assert.Null(_join.Ask(1000));

        // The next one that is missing is asked for at once, so the empty answer has not counted.
        _join.Open(1);
        Assert.Equal(0, _join.Ask(0.3));
        _join.Fetched(0.3);
        Assert.Equal(0, _join.Ask(1.3));
    }

    [Fact]
    public void Five_local_seconds_after_a_candles_end_REST_is_asked_for_it()
    {
        _join.Tick(0.99, 59);
        Assert.Null(_join.Ask(59));
        _join.Tick(1, 60);
        Assert.Null(_join.Ask(60));
        _join.Tick(1.08, 64.9);
        Assert.Null(_join.Ask(64.9));
        _join.Tick(1.09, 65);
        Assert.Equal(0, _join.Ask(65));
    }

    [Fact]
    public void The_five_seconds_are_local_ones_however_fast_the_exchanges_time_goes()
    {
        _join.Tick(1, 1);
        _join.Tick(60, 2);
        Assert.Null(_join.Ask(2));
        _join.Close(0);
        _join.Tick(61, 5.5);
        _join.Tick(90, 6.5);
        Assert.Null(_join.Ask(6.5));
        _join.Tick(300, 10.5);
        Assert.Equal(1, _join.Ask(10.5));
    }

    [Fact]
    public void A_candle_that_the_stream_closes_in_time_is_not_asked_for()
    {
        _join.Tick(1, 60);
        _join.Close(0);
        _join.Tick(1.1, 66);

        Assert.Null(_join.Ask(66));
    }

    [Fact]
    public void A_later_candles_frame_asks_at_once_even_while_a_retry_is_waited_for()
    {
        _join.Tick(1, 60);
        _join.Tick(1.1, 66);
        for (var (seconds, wait) = (66, 1); wait <= 32; seconds += wait, wait *= 2)
        {
            Assert.Equal(0, _join.Ask(seconds));
            _join.Fetched(seconds);
        }

        Assert.Null(_join.Ask(128));
        _join.Open(1);
        Assert.Equal(0, _join.Ask(128));
        _join.Fetched(128);
        _join.Open(1);
        Assert.Null(_join.Ask(129));
    }

    [Fact]
    public void A_later_candles_close_asks_at_once()
    {
        _join.Open(1);
        Assert.Equal(0, _join.Ask(0));
        _join.Fetched(0);
        Assert.Null(_join.Ask(0.5));
        _join.Close(1);
        Assert.Equal(0, _join.Ask(0.5));
    }

    [Fact]
    public void Answers_that_bring_nothing_are_asked_again_after_1_2_4_up_to_60_seconds()
    {
        _join.Open(1);
        var seconds = 0.0;
        foreach (var wait in new[] { 1, 2, 4, 8, 16, 32, 60, 60, 60 })
        {
            Assert.Equal(0, _join.Ask(seconds));
            _join.Fetched(seconds);
            Assert.Null(_join.Ask(seconds + wait - 0.001));
            seconds += wait;
        }
    }

    [Fact]
    public void Failures_are_asked_again_after_1_2_4_up_to_60_seconds_and_an_answer_ends_the_series()
    {
        _join.Join.Connected();
        var seconds = 0.0;
        foreach (var wait in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            Assert.Equal(0, _join.Ask(seconds));
            _join.Failed(seconds);
            Assert.Null(_join.Ask(seconds + wait - 0.001));
            seconds += wait;
        }

        Assert.Equal(0, _join.Ask(seconds));
        _join.Fetched(seconds, 0);
        _join.Join.Connected();
        Assert.Equal(1, _join.Ask(seconds));
        _join.Failed(seconds);
        Assert.Equal(1, _join.Ask(seconds + 1));
    }

    [Fact]
    public void Nothing_is_asked_before_Retry_After_has_passed_whatever_the_stream_shows()
    {
        _join.Join.Connected();
        Assert.Equal(0, _join.Ask(0));
        _join.Failed(10, retryAfter: 120);
        _join.Close(5);
        _join.Open(6);
        _join.Join.Connected();
        _join.Tick(50, 100);

        Assert.Null(_join.Ask(129.9));
        Assert.Equal(0, _join.Ask(130));
    }

    [Fact]
    public void There_is_one_fetch_at_a_time()
    {
        _join.Open(1);
        Assert.Equal(0, _join.Ask(0));
        _join.Open(2);
        _join.Close(2);
        _join.Join.Connected();
        _join.Tick(9, 900);

        Assert.Null(_join.Ask(1000));
    }

    [Fact]
    public void An_answer_that_brings_something_but_not_all_is_followed_up_at_once()
    {
        _join.Close(3);
        Assert.Equal(0, _join.Ask(0));
        _join.Fetched(0, 0, 1);

        Assert.Equal(2, _join.Ask(0));
    }

    [Fact]
    public void A_failed_fetch_after_connecting_is_made_up_for()
    {
        _join.Join.Connected();
        Assert.Equal(0, _join.Ask(0));
        _join.Failed(0);

        Assert.Equal(0, _join.Ask(1));
    }
}
