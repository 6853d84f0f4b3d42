namespace ExtGap.Bot.Feed;

/// <summary>How long to wait before the next try: from one second, doubling to a minute, give or take a tenth, so that bots which fail together do not return together.</summary>
internal sealed class Backoff(Func<double> random)
{
    private const double Jitter = 0.1;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private int _tries;

    /// <summary>The wait before the next try.</summary>
    /// <param name="asked">How long the exchange asks to wait: it is no shorter than that.</param>
    public TimeSpan Next(TimeSpan? asked = null)
    {
        var wait = First * Math.Pow(2, Math.Min(_tries++, 10));
        wait = (wait < Longest ? wait : Longest) * (1 + (Jitter * ((2 * random()) - 1)));
        return asked > wait ? asked.Value : wait;
    }

    /// <summary>It works again.</summary>
    public void Reset() => _tries = 0;
}
