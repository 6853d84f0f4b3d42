using ExtGap.Bot.Hosting;

namespace ExtGap.Bot.Tests.Hosting;

public sealed class LastResortTests
{
    [Fact(Timeout = 30_000)]
    public async Task It_ends_the_process_at_the_limit_with_exit_code_1()
    {
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = TimeProvider.System.GetTimestamp();
        LastResort.After(TimeSpan.FromSeconds(1), "a test", ended.SetResult);

        Assert.Equal(ExitCode.Failure, await ended.Task.WaitAsync(TestContext.Current.CancellationToken));
        Assert.True(TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(0.75));
    }
}
