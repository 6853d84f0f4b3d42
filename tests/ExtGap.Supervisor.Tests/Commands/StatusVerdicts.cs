using ExtGap.Supervisor.Commands;

namespace ExtGap.Supervisor.Tests.Commands;

public sealed class StatusVerdicts
{
    [Theory]
    [InlineData("RUNNING", false, ExitCode.Success)]
    [InlineData("STARTING", true, ExitCode.NotRunning)]
    [InlineData("BACKOFF", true, ExitCode.NotRunning)]
    [InlineData("STOPPING", true, ExitCode.NotRunning)]
    [InlineData("EXITED", true, ExitCode.NotRunning)]
    [InlineData("FATAL", true, ExitCode.NotRunning)]
    [InlineData("STOPPED", true, ExitCode.NotRunning)]
    [InlineData("STOPPED", false, ExitCode.Success)]
    public void One_program_that_should_run_and_does_not_makes_it_three(string state, bool isTroubled, int expected) =>
        Assert.Equal(expected, StatusVerdict.Of(Samples.Status(Samples.Bot("3m"), Samples.Down("15m", state, isTroubled))));

    [Fact]
    public void No_programs_are_no_trouble() => Assert.Equal(ExitCode.Success, StatusVerdict.Of(Samples.Status()));
}
