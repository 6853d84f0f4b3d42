using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Feed;

public sealed class KlineJoinTests
{
    private readonly JoinRecorder _join = new();

    [Fact]
    public void The_stream_alone_gives_each_candle_opened_and_closed_in_order()
    {
        for (var minute = 0; minute < 3; minute++)
        {
            _join.Open(minute);
            _join.Close(minute);
        }

        Assert.Equal("open 0, close 0, open 1, close 1, open 2, close 2", _join.Take());
        Assert.Null(_join.Ask(0));
    }

    [Fact]
    public void Repeated_and_late_frames_are_dropped()
    {
        _join.Open(0);
        _join.Open(0);
        _join.Close(0);
        _join.Close(0);
        _join.Open(0);
        _join.Open(1);
        _join.Close(0);
        _join.Open(1);

        Assert.Equal("open 0, close 0, open 1", _join.Take());
    }

    [Fact]
    public void A_lost_close_is_fetched_before_anything_newer_goes_on()
    {
        _join.Close(0);
        _join.Open(2);
        _join.Close(2);
        _join.Open(3);
        Assert.Equal("close 0", _join.Take());

        Assert.Equal(1, _join.Ask(0));
        _join.Fetched(0, 1);

        Assert.Equal("close 1, close 2, open 3", _join.Take());
    }

    [Fact]
    public void The_opening_of_the_candle_after_a_lost_close_waits_for_it()
    {
        _join.Open(0);
        _join.Open(1);
        Assert.Equal(0, _join.Ask(0));
        _join.Fetched(0, 0);

        Assert.Equal("open 0, close 0, open 1", _join.Take());
    }

    [Fact]
    public void An_older_opening_that_comes_late_does_not_push_out_the_newer_one()
    {
        _join.Open(2);
        _join.Open(1);
        Assert.Equal(0, _join.Ask(0));
        _join.Fetched(0, 0, 1);

        Assert.Equal("close 0, close 1, open 2", _join.Take());
    }

    [Fact]
    public void A_hole_is_told_when_REST_has_a_later_candle_and_not_before()
    {
        _join.Close(0);
        _join.Close(3);
        Assert.Equal(1, _join.Ask(0));
        _join.Fetched(0);
        Assert.Equal("close 0", _join.Take());

        Assert.Equal(1, _join.Ask(1));
        _join.Fetched(1, 3);
        Assert.Equal("hole 1-2, close 3", _join.Take());
        Assert.Null(_join.Ask(2));
    }

    [Fact]
    public void Several_holes_in_one_answer_are_told_one_by_one()
    {
        _join.Join.Connected();
        Assert.Equal(0, _join.Ask(0));
        _join.Fetched(0, 1, 2, 5);

        Assert.Equal("hole 0-0, close 1, close 2, hole 3-4, close 5", _join.Take());
    }

    [Fact]
    public void What_is_missing_before_a_new_ledgers_first_candle_is_no_hole()
    {
        var join = new JoinRecorder(continued: false);
        join.Join.Connected();
        Assert.Equal(0, join.Ask(0));
        join.Fetched(0, 2, 4);

        Assert.Equal("close 2, hole 3-3, close 4", join.Take());
    }

    [Fact]
    public void A_page_that_is_not_the_last_keeps_the_fetch_going()
    {
        _join.Join.Connected();
        Assert.Equal(0, _join.Ask(0));
        _join.Page(0, isLast: false, 0, 1);
        Assert.Null(_join.Ask(100));
        _join.Page(0, isLast: true, 2);

        Assert.Equal("close 0, close 1, close 2", _join.Take());
        Assert.Null(_join.Ask(200));
    }

    [Fact]
    public void An_answer_that_the_stream_has_overtaken_changes_nothing()
    {
        _join.Join.Connected();
        Assert.Equal(0, _join.Ask(0));
        _join.Close(0);
        _join.Close(1);
        _join.Open(2);
        _join.Fetched(0, 0, 1);

        Assert.Equal("close 0, close 1, open 2", _join.Take());
        Assert.Null(_join.Ask(100));
    }

    [Fact]
    public void Twelve_hundred_candles_ahead_of_a_lost_one_are_all_there_in_the_end()
    {
        for (var minute = 1; minute <= 1200; minute++)
        {
            _join.Close(minute);
        }

        for (var seconds = 0.0; _join.Ask(seconds) is { } from; seconds++)
        {
            _join.Fetched(seconds, [.. Enumerable.Range(from, Math.Min(1201 - from, 300))]);
        }

        Assert.Equal(string.Join(", ", Enumerable.Range(0, 1201).Select(minute => $"close {minute}")), _join.Take());
    }

    [Fact]
    public void A_fetch_that_was_under_way_when_the_connection_was_made_is_not_taken_for_the_one_after_it()
    {
        _join.Join.Connected();
        Assert.Equal(0, _join.Ask(0));
        _join.Join.Connected();
        _join.Fetched(1);

        Assert.Equal(0, _join.Ask(1));
    }
}
