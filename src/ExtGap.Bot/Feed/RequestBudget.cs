using System.Globalization;
using System.Net.Http.Headers;

namespace ExtGap.Bot.Feed;

/// <summary>
/// Keeps the requests of this address within what the exchange allows: a weight of 2400 a minute, other programs' included. The exchange
/// tells with each answer how much is used; from five sixths on, the rest of the minute is waited out.
/// </summary>
internal sealed class RequestBudget(TimeProvider time)
{
    private const string UsedWeight = "X-MBX-USED-WEIGHT-1M";
    private const int Enough = 2000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _exhausted;
    private (long Since, TimeSpan For)? _refused;

    /// <summary>An answer has come.</summary>
    public void Observe(HttpResponseHeaders headers)
    {
        if (headers.TryGetValues(UsedWeight, out var values)
            && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var used))
        {
            lock (_lock)
            {
                _exhausted = used >= Enough ? time.GetTimestamp() : null;
            }
        }
    }

    /// <summary>The exchange has asked to wait. It counts by address, so that holds for the requests of every contract.</summary>
    public void Refuse(TimeSpan wait)
    {
        lock (_lock)
        {
            _refused = (time.GetTimestamp(), wait);
        }
    }

    /// <summary>Waits until a request may be made.</summary>
    /// <exception cref="ExchangeException">The exchange has asked to wait, and that is not over.</exception>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_refused is { } refused && refused.For - time.GetElapsedTime(refused.Since) is var left && left > TimeSpan.Zero)
            {
                throw new ExchangeException($"The exchange has asked to wait, {left.TotalSeconds:0} s more.", left);
            }

            var wait = _exhausted is { } since ? Minute - time.GetElapsedTime(since) : TimeSpan.Zero;
            return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
        }
    }
}
