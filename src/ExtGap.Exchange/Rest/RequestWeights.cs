using System.Net;

namespace ExtGap.Exchange.Rest;

/// <summary>Adds up what each address used of its weight, minute by minute of the real clock.</summary>
internal sealed class RequestWeights(TimeProvider time)
{
    /// <summary>Weight that an address may use in a minute.</summary>
    public const int MostPerMinute = 2400;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _used = [];
    private readonly long _start = time.GetTimestamp();
    private long _minute;

    /// <summary>Weight of a request for klines: the more rows it may give, the more it weighs.</summary>
    public static int OfKlines(int limit) => limit switch
    {
        <= 100 => 1,
        <= 500 => 2,
        <= 1000 => 5,
        _ => 10,
    };

    /// <summary>Notes a request.</summary>
    /// <returns>What its address has used in this minute, this request included.</returns>
    public int Add(IPAddress address, int weight)
    {
        lock (_gate)
        {
            var minute = (long)(time.GetElapsedTime(_start) / Window);
            if (minute != _minute)
            {
                _minute = minute;
                _used.Clear();
            }

            return _used[address] = _used.GetValueOrDefault(address) + weight;
        }
    }

    /// <summary>How long until everything starts from nothing again.</summary>
    public TimeSpan UntilReset()
    {
        var elapsed = time.GetElapsedTime(_start);
        return Window - TimeSpan.FromTicks(elapsed.Ticks % Window.Ticks);
    }
}
