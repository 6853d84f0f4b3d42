using ExtGap.Supervisor.Alerts;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Tests.Lifecycle;

namespace ExtGap.Supervisor.Tests.Alerts;

/// <summary>With the defaults: 5 restarts within 10 minutes, down or stale for 10 minutes, stable after a minute.</summary>
public sealed class IncidentTests
{
    private static readonly ProgramState Running = new() { Phase = ProgramPhase.Running, Run = 1, WasStarted = true };
    private static readonly ProgramState Failing = Running with { Phase = ProgramPhase.Backoff, Cause = StopCause.Ended, LastExit = new ExitCause.Exited(1), LastError = "no such table: state", Reason = "exit code 1" };
    private static readonly ProgramState Hung = Running with { Phase = ProgramPhase.Stopping, Cause = StopCause.Silent, After = AfterStop.Recover, Reason = "silent for 60 s (watchdog)" };
    private static readonly ProgramState Fatal = Failing with { Phase = ProgramPhase.Fatal, Reason = "given up after 3 restarts: exit code 1" };

    private readonly IncidentTracker _tracker = new(Situations.Options(isBot: true) with { MaxMemory = null });

    [Fact]
    public void Five_restarts_in_ten_minutes_are_a_crash_loop_that_ends_with_a_minute_of_running()
    {
        At(0, Running);
        for (var restart = 1; restart <= 4; restart++)
        {
            Assert.Empty(At(restart * 30, Starting(restart)));
        }

        Assert.Equal(["CrashLoop: 3m keeps failing: 5 restarts within 2 minutes. Last exit: exit code 1.\nLast error: no such table: state"], At(150, Starting(5)));
        Assert.Empty(At(200, Starting(6)));
        Assert.Empty(At(210, Running with { Restarts = 6 }, since: 210));
        Assert.Equal(270, _tracker.NextDeadline?.TotalSeconds);
        Assert.Equal(["CrashLoop over: 3m is stable again. It had been failing for 4 minutes, with 6 restarts."], At(270, Running with { Restarts = 6 }, since: 210));
        Assert.Empty(At(280, Starting(7)));
    }

    [Fact]
    public void Five_restarts_in_more_than_ten_minutes_are_none()
    {
        At(0, Running);
        for (var restart = 1; restart <= 20; restart++)
        {
            Assert.Empty(At((restart * 151) - 1, Starting(restart)));
            Assert.Empty(At(restart * 151, Running with { Restarts = restart }));
        }
    }

    [Fact]
    public void A_watchdog_kill_is_told_and_that_the_bot_runs_again()
    {
        At(0, Running);

        Assert.Equal(["Watchdog: 3m hung and is being killed: silent for 60 s (watchdog)."], At(100, Hung));
        Assert.Empty(At(105, Failing with { Cause = StopCause.Silent }));
        Assert.Empty(At(106, Starting(1) with { Run = 2 }));
        Assert.Equal(["Watchdog over: 3m runs again, 7 seconds after it had hung."], At(107, Running with { Run = 2, Restarts = 1 }));
        Assert.Single(At(200, Hung with { Run = 2, Restarts = 1 }));
    }

    [Fact]
    public void A_program_that_does_not_run_for_ten_minutes_is_down_until_it_runs()
    {
        At(0, Running);
        Assert.Empty(At(100, Fatal));
        Assert.Equal(700, _tracker.NextDeadline?.TotalSeconds);
        Assert.Empty(At(699, Fatal));
        Assert.Equal(
            ["Down: 3m has been down for 10 minutes. It is in FATAL (given up after 3 restarts: exit code 1). Last exit: exit code 1.\nLast error: no such table: state"],
            At(700, Fatal));
        Assert.Null(_tracker.NextDeadline);
        Assert.Empty(At(4000, Starting(0)));
        Assert.Equal(["Down over: 3m runs again. It had been down for 1 hour 6 minutes."], At(4060, Running));
    }

    [Theory]
    [InlineData(ProgramPhase.Starting)]
    [InlineData(ProgramPhase.Backoff)]
    [InlineData(ProgramPhase.Fatal)]
    [InlineData(ProgramPhase.Exited)]
    internal void Every_phase_but_running_is_down_where_it_should_run(ProgramPhase phase)
    {
        At(0, Failing with { Phase = phase });
        Assert.StartsWith("Down: ", Assert.Single(At(600, Failing with { Phase = phase })), StringComparison.Ordinal);
    }

    [Fact]
    public void A_feed_that_is_stale_for_ten_minutes_is_told_until_it_is_fresh()
    {
        var stale = FeedFreshness.Stale(TimeSpan.FromSeconds(40));
        Assert.Empty(At(100, Running, feed: stale));
        Assert.Equal(640, _tracker.NextDeadline?.TotalSeconds);
        Assert.Equal(["StaleFeed: 3m runs, but its feed has had no fresh data for 10 minutes."], At(640, Running, feed: stale));
        Assert.Empty(At(700, Running, feed: FeedFreshness.Unknown));
        Assert.Equal(["StaleFeed over: 3m's feed is fresh again. It had been stale for 12 minutes 40 seconds."], At(800, Running, feed: FeedFreshness.Fresh));
    }

    [Fact]
    public void A_stale_feed_of_what_does_not_run_is_no_news() =>
        Assert.DoesNotContain(At(5000, Failing, feed: FeedFreshness.Stale(TimeSpan.Zero)), text => text.StartsWith("StaleFeed", StringComparison.Ordinal));

    [Fact]
    public void A_stop_ends_every_incident_without_a_word()
    {
        At(0, Fatal);
        Assert.Single(At(600, Fatal));
        Assert.Empty(At(700, Fatal with { Phase = ProgramPhase.Stopped }));
        Assert.Empty(At(10_000, Fatal with { Phase = ProgramPhase.Stopped }));
        Assert.Empty(At(10_001, Starting(0)));
        Assert.Empty(At(10_002, Running));
    }

    [Fact]
    public void A_success_by_policy_is_not_down_and_ends_what_was_told()
    {
        var done = Failing with { Phase = ProgramPhase.Exited, LastExit = new ExitCause.Exited(0) };
        At(0, Failing);
        Assert.Single(At(600, Failing));

        Assert.Equal(["Down over: 3m has ended with exit code 0. It had been down for 11 minutes."], At(660, done));
        Assert.Empty(At(100_000, done));
    }

    [Fact]
    public void In_a_crash_loop_it_is_told_that_it_is_down_only_when_it_is_given_up()
    {
        At(0, Failing);
        for (var restart = 1; restart < 5; restart++)
        {
            Assert.Empty(At(restart, Starting(restart)));
        }

        Assert.StartsWith("CrashLoop", Assert.Single(At(5, Starting(5))), StringComparison.Ordinal);
        Assert.Empty(At(6, Hung with { Restarts = 5 }));
        Assert.Empty(At(1000, Failing with { Restarts = 5 }));
        Assert.Null(_tracker.NextDeadline);
        Assert.StartsWith("Down: ", Assert.Single(At(1001, Fatal with { Restarts = 5 })), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_known_to_be_down_is_not_told_to_be_in_a_crash_loop_as_well()
    {
        At(0, Failing);
        Assert.StartsWith("Down: ", Assert.Single(At(600, Failing)), StringComparison.Ordinal);
        for (var restart = 1; restart <= 9; restart++)
        {
            Assert.Empty(At(600 + restart, Starting(restart)));
        }

        Assert.StartsWith("Down over: ", Assert.Single(At(610, Running with { Restarts = 9 }, since: 610)), StringComparison.Ordinal);
        Assert.StartsWith("CrashLoop: ", Assert.Single(At(620, Starting(10))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_line_is_cut_at_200_characters_and_stays_one_line()
    {
        At(0, Fatal);
        var line = Assert.Single(At(600, Fatal with { LastError = "\u001b[31m" + new string('x', 194) + "\ud83d\ude00 tail" })).Split('\n')[^1];

        Assert.Equal("Last error:  [31m" + new string('x', 194) + "…", line);
    }

    [Theory]
    [InlineData(0, "0 seconds")]
    [InlineData(1, "1 second")]
    [InlineData(59.6, "1 minute")]
    [InlineData(61, "1 minute 1 second")]
    [InlineData(3600, "1 hour")]
    [InlineData(7500, "2 hours 5 minutes")]
    [InlineData(90_000, "1 day 1 hour")]
    public void A_duration_is_told_in_its_two_largest_units(double seconds, string expected) =>
        Assert.Equal(expected, AlertTexts.Duration(TimeSpan.FromSeconds(seconds)));

    private static ProgramState Starting(int restarts) => Failing with { Phase = ProgramPhase.Starting, Cause = null, Reason = null, Restarts = restarts };

    private IReadOnlyList<string> At(double seconds, ProgramState state, double since = 0, FeedFreshness feed = default) =>
    [
        .. _tracker.Observe(state with { Since = TimeSpan.FromSeconds(since) }, feed, TimeSpan.FromSeconds(seconds))
            .Select(alert => $"{alert.Kind}{(alert.IsOver ? " over" : string.Empty)}: {alert.Text}"),
    ];
}
