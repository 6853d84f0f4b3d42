using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Tests.Running.Support;

internal static class LatestExtensions
{
    /// <summary>Waits until a value is as it should be.</summary>
    public static async Task<T> WaitForAsync<T>(this Latest<T> latest, Func<T, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (value, changed) = latest.Get();
            if (condition(value))
            {
                return value;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }
}
