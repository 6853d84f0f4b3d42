namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>Waits for conditions, and tells what it has seen instead when they do not come.</summary>
internal static class Waiting
{
    // Within the time limits of the tests, whose end would tell nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks until something is there.</summary>
    /// <param name="look">What is found; none as long as it is not there.</param>
    /// <param name="describe">What there is instead, for the failure.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<T> ForAsync<T>(Func<Task<T?>> look, Func<string> describe, CancellationToken cancellationToken)
        where T : class
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"Not within {Patience.TotalSeconds} s:\n{describe()}");
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Looks until something is so.</summary>
    public static Task UntilAsync(Func<bool> isSo, Func<string> describe, CancellationToken cancellationToken) =>
        ForAsync(() => Task.FromResult(isSo() ? string.Empty : null), describe, cancellationToken);
}
