using System.Globalization;
using System.Net.Http.Headers;

namespace ExtGap.Bot.Feed;

/// <summary>
/// Keeps the requests of this address within what the exchange allows: a weight of 2400 a minute, other programs' included. The exchange
/// tells with each answer how much is used; from five sixths on, the rest of the minute is waited out. Where it asks to wait, it asks so of
/// all requests, whatever contract they are for.
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

    /// <summary>Waits until a request may be made.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var wait = _exhausted is { } since ? Minute - time.GetElapsedTime(since) : TimeSpan.Zero;
            return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
        }
    }

    /// <exception cref="ExchangeException">The exchange has asked to wait, and that time is not over.</exception>
    public void ThrowIfRefused()
    {
        lock (_lock)
        {
            if (_refused is { } refused && refused.For - time.GetElapsedTime(refused.Since) is var left && left > TimeSpan.Zero)
            {
                throw new ExchangeException($"The exchange has asked to wait, {left.TotalSeconds:0} s more.", left);
            }
        }
    }

    /// <summary>The exchange has refused a request; where it asks to wait, that holds for all.</summary>
    /// <returns>The same refusal.</returns>
    public ExchangeException Refuse(ExchangeException refusal)
    {
        if (refusal.RetryAfter is { } wait)
        {
            lock (_lock)
            {
                _refused = (time.GetTimestamp(), wait);
            }
        }

        return refusal;
    }
}
