using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Lifecycle;

/// <summary>How long a program that failed waits for its next start.</summary>
internal static class RestartDelay
{
    // Zero would stay zero whatever the factor: a program without a first delay that fails again gets one all the same.
    private const double LeastSecondDelay = 0.1;

    /// <summary>
    /// initialDelay × factor^(failures − 1), at most maxDelay, stretched or shortened by up to the jitter. From the second failure in a row on,
    /// an initialDelay of less than 0.1 s counts as 0.1 s.
    /// </summary>
    /// <param name="options">The program's own.</param>
    /// <param name="failures">Failures in a row, from 1.</param>
    /// <param name="random">At least 0 and less than 1.</param>
    public static TimeSpan Of(RestartOptions options, int failures, double random)
    {
        // In a long crash loop the power becomes infinite, and an initialDelay of 0 times that is no number.
        var growth = Math.Min(Math.Pow(options.Factor, failures - 1), double.MaxValue);
        var initial = failures > 1 ? Math.Max(options.InitialDelay.TotalSeconds, LeastSecondDelay) : options.InitialDelay.TotalSeconds;
        var seconds = Math.Min(initial * growth, options.MaxDelay.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 + (options.Jitter * ((2 * random) - 1))));
    }
}
