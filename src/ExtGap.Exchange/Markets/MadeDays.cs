namespace ExtGap.Exchange.Markets;

/// <summary>
/// The course of a made symbol from day to day since the epoch: where each day opens, and how many trades came before it. A day's logarithmic
/// price is drawn back to its middle, so that it wanders for ever and never goes astray.
/// </summary>
internal sealed class MadeDays(MadeSymbol profile, long seed)
{
    private const double DailyVolatility = 0.03;
    private const double Memory = 0.98;

    private readonly List<double> _levels = [0];
    private readonly List<long> _tradeIds = [1];
    private readonly ulong _root = MadeRandom.Mix((ulong)seed, profile.Contract.Symbol.ToString());

    /// <summary>Makes a day; not to be called by two at once.</summary>
    public MadeDay Make(long number)
    {
        while (_levels.Count <= number + 1)
        {
            Continue();
        }

        var index = (int)number;
        var random = new MadeRandom(_root, (ulong)number);
        var course = new DayCourse(number, _levels[index], _levels[index + 1], DailyVolatility, _tradeIds[index], _tradeIds[index + 1]);
        return MadeDay.Make(profile, course, ref random);
    }

    private void Continue()
    {
        // The days' own course is drawn apart from what happens within them.
        var random = new MadeRandom(~_root, (ulong)_levels.Count);
        _levels.Add((Memory * _levels[^1]) + (DailyVolatility * random.NextNormal()));
        _tradeIds.Add(_tradeIds[^1] + (long)(profile.TradesPerDay * (0.6 + (0.8 * random.NextUniform()))));
    }
}

/// <summary>What a day has to lead from and to.</summary>
/// <param name="Number">Days since the epoch.</param>
/// <param name="From">Logarithm of the first price over the middle one.</param>
/// <param name="To">That of the next day's first price.</param>
/// <param name="Volatility">Standard deviation of a day's logarithmic move.</param>
/// <param name="FirstTradeId">Number of its first trade.</param>
/// <param name="NextTradeId">Number of the next day's first trade.</param>
internal readonly record struct DayCourse(long Number, double From, double To, double Volatility, long FirstTradeId, long NextTradeId);
