namespace ExtGap.Bot.Tests.Support;

/// <summary>Waiting in tests: for a condition, or for the end.</summary>
internal static class Wait
{
    public static Task ForeverAsync(CancellationToken stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);

    /// <summary>A moment, for those who go on again and again.</summary>
    public static Task BrieflyAsync(CancellationToken stop) => Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, stop);

    public static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await BrieflyAsync(TestContext.Current.CancellationToken);
        }
    }
}
