using ExtGap.Supervisor.Lifecycle;

namespace ExtGap.Supervisor.Tests.Lifecycle;

public sealed class StopTests
{
    [Fact]
    public void A_program_that_does_not_go_in_its_time_is_killed_each_second_until_it_is_gone()
    {
        var life = Life.Bot().StartAt(0).ReadyAt(1).StopAt(2);
        AssertSignal(life, ProgramSignal.Stop, nextInSeconds: 30);

        AssertSignal(life.TickAt(32), ProgramSignal.Kill, nextInSeconds: 1);
        AssertSignal(life.TickAt(33.5), ProgramSignal.Kill, nextInSeconds: 1);

        Assert.Equal((ProgramPhase.Stopped, true), (life.GoneAt(34).State.Phase, life.State.WasKilled));
    }

    [Fact]
    public void A_second_stop_neither_shortens_nor_stretches_the_time()
    {
        var life = Life.Bot().StartAt(0).StopAt(2).StopAt(20);

        Assert.Empty(life.Effects);
        Assert.Equal(12, life.SecondsToDeadline);
    }

    [Fact]
    public void What_a_leader_that_went_when_asked_left_behind_keeps_the_rest_of_the_time()
    {
        var life = Life.Bot().StartAt(0).StopAt(2).EndedAt(12, 0);
        Assert.Empty(life.Effects);
        Assert.Equal(20, life.SecondsToDeadline);

        AssertSignal(life.TickAt(32), ProgramSignal.Kill, nextInSeconds: 1);
        Assert.True(life.GoneAt(33).State.WasKilled);
    }

    [Fact]
    public void A_group_that_was_empty_in_time_needed_no_kill_however_long_somebody_holds_its_pipes()
    {
        var life = Life.Bot().StartAt(0).StopAt(2).EndedAt(31, 0);
        life.At(31.9, new ProgramInput.Emptied(life.State.Run));
        Assert.Null(life.SecondsToDeadline);

        Assert.Empty(life.TickAt(32).Effects);
        Assert.Equal((ProgramPhase.Stopped, false), (life.GoneAt(33).State.Phase, life.State.WasKilled));
    }

    [Fact]
    public void A_silent_bot_is_aborted_and_killed_5_seconds_later()
    {
        var life = Life.Bot().StartAt(0).ReadyAt(1).At(30, new ProgramInput.Alive(1)).TickAt(61);
        Assert.Empty(life.Effects);
        Assert.Empty(life.TickAt(89).Effects);

        AssertSignal(life.TickAt(90), ProgramSignal.Abort, nextInSeconds: 5);
        AssertSignal(life.TickAt(95), ProgramSignal.Kill, nextInSeconds: 1);
        Assert.Equal("silent for 60 s (watchdog)", life.State.Reason);
    }

    [Fact]
    public void A_bot_is_heard_for_one_more_second_where_its_supervisor_was_away_when_the_patience_ended()
    {
        var life = Life.Bot().StartAt(0).ReadyAt(1).TickAt(300);
        Assert.Empty(life.Effects);

        Assert.Equal(ProgramPhase.Running, life.At(300.5, new ProgramInput.Alive(1)).TickAt(302).State.Phase);
        AssertSignal(life.TickAt(400).TickAt(401), ProgramSignal.Abort, nextInSeconds: 5);
    }

    [Fact]
    public void A_bot_that_does_not_become_ready_is_killed_at_once()
    {
        var life = Life.Bot().StartAt(0).TickAt(60);

        AssertSignal(life, ProgramSignal.Kill, nextInSeconds: 1);
        Assert.Equal(("not ready within 60 s", ProgramPhase.Backoff), (life.State.Reason, life.ExitAt(61, 137).State.Phase));
        Assert.Equal("not ready within 60 s", life.State.Reason);
    }

    [Fact]
    public void A_stop_that_is_not_of_its_own_making_is_not_held_against_a_program()
    {
        Assert.False(Life.Bot().StartAt(0).TickAt(60).StopAt(60.5).TickAt(61).GoneAt(62).State.WasKilled);
        Assert.False(Life.Bot().StartAt(0).ReadyAt(1).TickAt(61).StopAt(62).TickAt(66).GoneAt(67).State.WasKilled);
        Assert.False(Life.Bot().StartAt(0).EndedAt(1, 1).TickAt(2).StopAt(3).TickAt(4).GoneAt(5).State.WasKilled);
    }

    [Fact]
    public void A_kill_is_forgotten_with_the_next_process_and_the_next_stop()
    {
        var life = Life.Bot().StartAt(0).RestartAt(1).TickAt(31);
        Assert.True(life.State.WasKilled);
        Assert.False(life.GoneAt(32).SpawnedAt(33).State.WasKilled);

        Assert.True(life.StopAt(40).TickAt(70).GoneAt(71).State.WasKilled);
        Assert.False(life.StopAt(80).State.WasKilled);
    }

    [Fact]
    public void A_stop_before_there_is_a_process_is_told_to_it_when_there_is_one()
    {
        var life = Life.Bot().At(0, new ProgramInput.Start()).StopAt(1).TickAt(1000);
        Assert.Empty(life.Effects);

        AssertSignal(life.SpawnedAt(1001), ProgramSignal.Stop, nextInSeconds: 30);
        Assert.Equal(ProgramPhase.Stopped, life.ReadyAt(1001.5).ExitAt(1002, 0).State.Phase);
    }

    [Fact]
    public void A_bot_that_says_that_it_is_ready_before_the_news_of_its_process_can_be_stopped()
    {
        var life = Life.Bot().At(0, new ProgramInput.Start()).ReadyAt(1).SpawnedAt(2);

        Assert.Equal((ProgramPhase.Running, 4321), (life.State.Phase, life.State.Pid));
        AssertSignal(life.StopAt(3), ProgramSignal.Stop, nextInSeconds: 30);
    }

    [Fact]
    public void A_reason_lasts_until_the_next_start_or_stop()
    {
        var life = Life.Bot().StartAt(0).ExitAt(1, 1);
        Assert.Equal("exit code 1", life.State.Reason);
        Assert.Null(life.TryAgainAt(3).State.Reason);
        Assert.Null(life.ReadyAt(4).StopAt(5).State.Reason);
        Assert.Null(life.ExitAt(6, 143).State.Reason);
        Assert.Equal("exit code 143", life.State.LastExit?.ToString());
    }

    [Fact]
    public void A_restart_of_what_runs_is_no_restart_of_the_policys_and_waits_for_nothing()
    {
        var life = Life.Bot().StartAt(0).ReadyAt(1).RestartAt(100).ExitAt(101, 0);

        Assert.Equal([new ProgramEffect.Spawn(2)], life.Effects);
        Assert.Equal((0, 0), (life.State.Restarts, life.State.Failures));
    }

    private static void AssertSignal(Life life, ProgramSignal kind, double nextInSeconds)
    {
        Assert.Equal([new ProgramEffect.Signal(life.State.Run, kind)], life.Effects);
        Assert.Equal(nextInSeconds, life.SecondsToDeadline!.Value, 6);
    }
}
