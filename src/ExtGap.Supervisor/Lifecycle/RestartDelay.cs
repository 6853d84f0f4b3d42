using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Lifecycle;

/// <summary>How long a program that failed waits for its next start.</summary>
internal static class RestartDelay
{
    /// <summary>initialDelay × factor^(failures − 1), at most maxDelay, stretched or shortened by up to the jitter.</summary>
    /// <param name="options">The program's own.</param>
    /// <param name="failures">Failures in a row, from 1.</param>
    /// <param name="random">At least 0 and less than 1.</param>
    public static TimeSpan Of(RestartOptions options, int failures, double random)
    {
        // The power passes every limit in a long crash loop; Min with infinity is still the limit.
        var seconds = Math.Min(options.InitialDelay.TotalSeconds * Math.Pow(options.Factor, failures - 1), options.MaxDelay.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 + (options.Jitter * ((2 * random) - 1))));
    }
}
