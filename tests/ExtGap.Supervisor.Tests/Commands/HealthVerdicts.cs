using ExtGap.Supervisor.Commands;
using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Tests.Commands;

public sealed class HealthVerdicts
{
    [Fact]
    public void Programs_that_run_and_bots_that_hear_the_exchange_are_healthy() =>
        Assert.Empty(Of(Samples.Bot("3m"), Samples.Running("backup"), Samples.Down("1h", "STOPPED", isTroubled: false)).Problems);

    [Theory]
    [InlineData("STARTING")]
    [InlineData("BACKOFF")]
    [InlineData("FATAL")]
    [InlineData("STOPPED")]
    public void A_program_that_should_run_and_does_not_is_a_problem(string state)
    {
        var problem = Problem(Samples.Down("3m", state) with { Reason = "exit code 1" });

        Assert.Equal($"3m: {state}, exit code 1; see 'extgap status 3m'.", problem);
    }

    [Theory]
    [InlineData(59.9, true)]
    [InlineData(60, true)]
    [InlineData(60.1, false)]
    public void A_feed_may_be_silent_for_a_minute(double seconds, bool isHealthy) =>
        Assert.Equal(isHealthy, Of(Bot(report => report with { SecondsSinceLastFrame = seconds })).Healthy);

    [Theory]
    [InlineData(null, true)]
    [InlineData(60.0, true)]
    [InlineData(60.1, false)]
    public void A_candle_may_be_a_minute_late(double? seconds, bool isHealthy) =>
        Assert.Equal(isHealthy, Of(Bot(report => report with { OverdueSeconds = seconds })).Healthy);

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void A_bot_may_say_nothing_of_itself_for_a_minute(double seconds, bool isHealthy) =>
        Assert.Equal(isHealthy, Of(Bot(report => report with { AgeSeconds = seconds })).Healthy);

    [Fact]
    public void A_bot_without_any_data_yet_is_not_healthy() =>
        Assert.Equal("3m: no data from the exchange yet (connecting); see 'extgap logs 3m'.", Problem(Bot(report => report with { Feed = "connecting", SecondsSinceLastFrame = null })));

    [Fact]
    public void Each_problem_of_each_program_is_told() =>
        Assert.Equal(3, Of(Samples.Down("1h", "FATAL"), Bot(report => report with { SecondsSinceLastFrame = 70, OverdueSeconds = 70 })).Problems.Count);

    [Fact]
    public void The_feed_of_a_bot_that_is_down_is_not_told_beside() =>
        Assert.Single(Of(Samples.Down("3m", "BACKOFF") with { Bot = Samples.Report() with { SecondsSinceLastFrame = 500 } }).Problems);

    private static HealthReport Of(params ProgramStatus[] programs) => HealthVerdict.Of(Samples.Status(programs));

    private static string Problem(ProgramStatus program) => Assert.Single(Of(program).Problems);

    private static ProgramStatus Bot(Func<BotReport, BotReport> change) => Samples.Running("3m", change(Samples.Report()));
}
