using System.Globalization;

namespace ExtGap.Supervisor.Tests.Running.Support;

/// <summary>Scenarios that must go well each time: <c>EXTGAP_REPEATS=50</c> does each of them fifty times over.</summary>
internal static class Repeated
{
    /// <summary>For all repetitions of a test, in milliseconds; each has its own limit.</summary>
    public const int Timeout = 1_800_000;

    private static readonly TimeSpan LimitOfOne = TimeSpan.FromSeconds(60);

    public static int Times { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("EXTGAP_REPEATS"), NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? Math.Max(1, times) : 1;

    /// <summary>What is done rather more often, or with more, where there are repetitions.</summary>
    public static int Amount(int usual, int thorough) => Times > 1 ? thorough : usual;

    public static async Task RunAsync(Func<Task> scenario, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Times; i++)
        {
            await scenario().WaitAsync(LimitOfOne, cancellationToken);
        }
    }
}
