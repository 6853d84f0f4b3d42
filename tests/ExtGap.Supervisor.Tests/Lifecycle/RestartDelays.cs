using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;

namespace ExtGap.Supervisor.Tests;

public sealed class RestartDelays
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(5000, 60)]
    public void A_delay_doubles_up_to_a_minute(int failures, double seconds) =>
        Assert.Equal(seconds, RestartDelay.Of(new RestartOptions(), failures, 0.5).TotalSeconds, 6);
}
