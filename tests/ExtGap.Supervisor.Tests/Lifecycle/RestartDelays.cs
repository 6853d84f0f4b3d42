using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;

namespace ExtGap.Supervisor.Tests.Lifecycle;

public sealed class RestartDelays
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(5000, 60)]
    [InlineData(int.MaxValue, 60)]
    public void A_delay_doubles_up_to_a_minute(int failures, double seconds) =>
        Assert.Equal(seconds, RestartDelay.Of(new RestartOptions(), failures, 0.5).TotalSeconds, 6);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0.2)]
    [InlineData(3, 0.4)]
    [InlineData(5000, 60)]
    [InlineData(int.MaxValue, 60)]
    public void Without_an_initial_delay_only_the_first_failure_costs_no_time(int failures, double seconds) =>
        Assert.Equal(seconds, RestartDelay.Of(new RestartOptions { InitialDelay = TimeSpan.Zero }, failures, 0.5).TotalSeconds, 6);

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public void A_factor_of_1_keeps_the_first_delay(int failures) =>
        Assert.Equal(1, RestartDelay.Of(new RestartOptions { Factor = 1 }, failures, 0.5).TotalSeconds, 6);

    [Theory]
    [InlineData(0.1, 0, 54)]
    [InlineData(0.1, 0.999999, 66)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 0.999999, 120)]
    [InlineData(0, 0, 60)]
    public void The_jitter_stretches_or_shortens_the_longest_delay_too(double jitter, double random, double seconds) =>
        Assert.Equal(seconds, RestartDelay.Of(new RestartOptions { Jitter = jitter }, 100, random).TotalSeconds, 3);

    [Fact]
    public void A_first_delay_above_the_longest_is_the_longest() =>
        Assert.Equal(5, RestartDelay.Of(new RestartOptions { MaxDelay = TimeSpan.FromSeconds(5), InitialDelay = TimeSpan.FromSeconds(9) }, 1, 0.5).TotalSeconds, 6);

    [Fact]
    public void A_count_that_is_full_stays_full() => Assert.Equal(int.MaxValue, RestartPolicy.Increment(int.MaxValue));
}
