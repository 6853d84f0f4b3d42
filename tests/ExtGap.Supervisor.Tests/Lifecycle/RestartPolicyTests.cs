using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;

namespace ExtGap.Supervisor.Tests.Lifecycle;

public sealed class RestartPolicyTests
{
    private static readonly RestartOptions OnFailure = new() { Policy = RestartCondition.OnFailure };
    private static readonly RestartOptions Never = new() { Policy = RestartCondition.Never };

    [Theory]
    [InlineData(64)]
    [InlineData(78)]
    public void A_bot_that_refuses_its_configuration_is_given_up_with_its_last_line_as_the_reason(int code)
    {
        var state = Life.Bot(Never).StartAt(0).ExitAt(1, code, "symbol BTCUSTD: the exchange has no such contract").State;

        Assert.Equal((ProgramPhase.Fatal, "symbol BTCUSTD: the exchange has no such contract"), (state.Phase, state.Reason));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Where_it_said_nothing_its_exit_code_is_the_reason(string? lastError) =>
        Assert.Equal("exit code 78", Life.Bot().StartAt(0).ExitAt(1, 78, lastError).State.Reason);

    [Fact]
    public void What_another_command_means_by_78_nobody_knows() =>
        Assert.Equal(ProgramPhase.Backoff, Life.Command().StartAt(0).ExitAt(1, 78).State.Phase);

    [Theory]
    [InlineData(RestartCondition.Always, 0, ProgramPhase.Backoff, 1)]
    [InlineData(RestartCondition.Always, 1, ProgramPhase.Backoff, 1)]
    [InlineData(RestartCondition.OnFailure, 0, ProgramPhase.Exited, 0)]
    [InlineData(RestartCondition.OnFailure, 1, ProgramPhase.Backoff, 1)]
    [InlineData(RestartCondition.Never, 0, ProgramPhase.Exited, 0)]
    [InlineData(RestartCondition.Never, 1, ProgramPhase.Exited, 1)]
    internal void The_policy_says_what_follows_an_exit(RestartCondition policy, int code, ProgramPhase expected, int failures)
    {
        var state = Life.Bot(new() { Policy = policy }).StartAt(0).ReadyAt(1).ExitAt(2, code).State;

        Assert.Equal((expected, $"exit code {code}", failures), (state.Phase, state.Reason, state.Failures));
    }

    [Fact]
    public void A_bot_that_was_sent_away_for_its_memory_has_failed_however_well_it_leaves()
    {
        var state = Life.Bot(OnFailure).StartAt(0).ReadyAt(1).MemoryAt(2, 300_400_000).ExitAt(3, 0).State;

        Assert.Equal((ProgramPhase.Backoff, "memory of 300.4 MB is above maxMemory of 300 MB"), (state.Phase, state.Reason));
    }

    [Fact]
    public void As_much_memory_as_it_may_have_is_not_too_much()
    {
        Assert.Equal(ProgramPhase.Running, Life.Bot().StartAt(0).ReadyAt(1).MemoryAt(2, 300_000_000).State.Phase);
        Assert.Equal(ProgramPhase.Stopping, Life.Bot().StartAt(0).ReadyAt(1).MemoryAt(2, 300_000_001).State.Phase);
    }

    [Fact]
    public void A_silent_bot_has_failed_even_where_it_leaves_with_success_when_it_is_aborted()
    {
        var state = Life.Bot(OnFailure).StartAt(0).ReadyAt(1).TickAt(60).TickAt(61).ExitAt(62, 0).State;

        Assert.Equal((ProgramPhase.Backoff, "silent for 60 s (watchdog)"), (state.Phase, state.Reason));
    }

    [Fact]
    public void A_start_that_gave_no_process_is_given_up_where_nothing_may_be_tried_again() =>
        Assert.Equal(ProgramPhase.Fatal, Life.Bot(Never).At(0, new ProgramInput.Start()).NoProcessAt(1, "no memory").State.Phase);

    [Fact]
    public void A_missing_executable_is_given_up()
    {
        var state = Life.Bot().At(0, new ProgramInput.Start()).NoProcessAt(1, "There is no extgap-bot.", isPermanent: true).State;

        Assert.Equal((ProgramPhase.Fatal, "There is no extgap-bot."), (state.Phase, state.Reason));
    }

    [Theory]
    [InlineData(0, "maxRetries is 0: exit code 1")]
    [InlineData(1, "given up after 1 restart: exit code 1")]
    [InlineData(3, "given up after 3 restarts: exit code 1")]
    public void After_maxRetries_restarts_in_a_row_it_is_given_up(int retries, string reason)
    {
        var life = Life.Bot(new() { MaxRetries = retries }).StartAt(0);
        for (var restart = 1; restart <= retries; restart++)
        {
            Assert.Equal(ProgramPhase.Backoff, life.ExitAt(restart * 100, 1).State.Phase);
            life.TryAgainAt((restart * 100) + 99);
        }

        life.ExitAt(10_000, 1);

        Assert.Equal((ProgramPhase.Fatal, reason, retries), (life.State.Phase, life.State.Reason, life.State.Restarts));
    }

    [Theory]
    [InlineData(59.999, 4, 8)]
    [InlineData(60, 1, 1)]
    public void Earlier_failures_are_forgotten_after_resetAfter_of_running_and_not_before(double seconds, int failures, double delay)
    {
        var life = Life.Bot().StartAt(0).ExitAt(1, 1).TryAgainAt(3).ExitAt(4, 1).TryAgainAt(7).ExitAt(8, 1).TryAgainAt(13).ReadyAt(50);

        life.ExitAt(50 + seconds, 1);

        Assert.Equal(failures, life.State.Failures);
        Assert.Equal(delay, life.SecondsToDeadline!.Value, 3);
    }

    [Fact]
    public void Time_that_it_takes_to_become_ready_or_to_go_is_no_time_of_running()
    {
        var life = Life.Bot().StartAt(0).ExitAt(1, 1).TryAgainAt(3).ReadyAt(62).EndedAt(63, 1).GoneAt(200);

        Assert.Equal(2, life.State.Failures);
    }

    [Fact]
    public void A_wish_begins_a_new_count()
    {
        var life = Life.Bot().StartAt(0).ExitAt(1, 1).TryAgainAt(3).ExitAt(4, 1);

        Assert.Equal((2, 1), (life.State.Failures, life.State.Restarts));
        Assert.Equal((0, 1), (life.At(5, new ProgramInput.Start()).State.Failures, life.State.Restarts));
        Assert.Equal((0, 1), (life.StopAt(6).State.Failures, life.State.Restarts));
    }
}
