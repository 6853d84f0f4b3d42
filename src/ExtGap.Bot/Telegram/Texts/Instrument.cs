using ExtGap.Core.Market;

namespace ExtGap.Bot.Telegram.Texts;

/// <summary>A contract on a timeframe, with what its prices and quantities are counted in.</summary>
internal sealed record Instrument
{
    public required Symbol Symbol { get; init; }

    public required Timeframe Timeframe { get; init; }

    /// <summary>What is traded, such as BTC: quantities are in it.</summary>
    public required string BaseAsset { get; init; }

    /// <summary>What it is paid with, such as USDT: prices and money are in it.</summary>
    public required string QuoteAsset { get; init; }

    /// <summary>Decimals that a price is shown with, 0 to 8; see <see cref="DecimalsOf"/>.</summary>
    public required int PriceDecimals { get; init; }

    /// <summary>The decimals that a price needs; of the exchange's tick size, those of the contract: 0.10 gives 1, 0.00001 gives 5.</summary>
    public static int DecimalsOf(Price price)
    {
        var decimals = Price.Decimals;
        for (var units = price.Units; decimals > 0 && units % 10 == 0; units /= 10)
        {
            decimals--;
        }

        return decimals;
    }
}

/// <summary>Who speaks of what: with several deployments and contracts in one chat, every message must say it.</summary>
/// <param name="Instance">Name of the deployment (INSTANCE_ID).</param>
/// <param name="Instrument">The contract and timeframe.</param>
internal sealed record MessageOrigin(string Instance, Instrument Instrument);
