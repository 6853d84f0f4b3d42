using System.Globalization;
using System.Text.Json;
using ExtGap.Exchange.Markets;

namespace ExtGap.Exchange.Rest;

/// <summary>Writes what the exchange tells of itself and its symbols.</summary>
internal static class ExchangeInfo
{
    /// <summary>Writes the whole answer.</summary>
    public static void Write(Market market, long serverTime, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("timezone", "UTC");
        json.WriteNumber("serverTime", serverTime);
        json.WriteString("futuresType", "U_MARGINED");
        json.WriteStartArray("rateLimits");
        json.WriteStartObject();
        json.WriteString("rateLimitType", "REQUEST_WEIGHT");
        json.WriteString("interval", "MINUTE");
        json.WriteNumber("intervalNum", 1);
        json.WriteNumber("limit", RequestWeights.MostPerMinute);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("exchangeFilters");
        json.WriteEndArray();
        json.WriteStartArray("symbols");
        foreach (var source in market.Sources)
        {
            WriteSymbol(source, json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSymbol(IBarSource source, Utf8JsonWriter json)
    {
        var contract = source.Contract;
        json.WriteStartObject();
        json.WriteString("symbol", contract.Symbol.ToString());
        json.WriteString("pair", contract.Symbol.ToString());
        json.WriteString("contractType", "PERPETUAL");
        json.WriteNumber("deliveryDate", 4133404800000);
        json.WriteNumber("onboardDate", source.FirstOpenTime);
        json.WriteString("status", "TRADING");
        json.WriteString("baseAsset", contract.BaseAsset);
        json.WriteString("quoteAsset", contract.QuoteAsset);
        json.WriteString("marginAsset", contract.QuoteAsset);
        json.WriteNumber("pricePrecision", contract.PriceDecimals);
        json.WriteNumber("quantityPrecision", contract.QuantityDecimals);
        json.WriteNumber("baseAssetPrecision", 8);
        json.WriteNumber("quotePrecision", 8);
        json.WriteString("underlyingType", "COIN");
        json.WriteStartArray("filters");
        WriteFilters(contract, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFilters(Contract contract, Utf8JsonWriter json)
    {
        var tick = Step(contract.PriceDecimals, contract.Tick);
        json.WriteStartObject();
        json.WriteString("filterType", "PRICE_FILTER");
        json.WriteString("minPrice", tick);
        json.WriteString("maxPrice", "1000000000");
        json.WriteString("tickSize", tick);
        json.WriteEndObject();
        var step = Step(contract.QuantityDecimals, 1);
        json.WriteStartObject();
        json.WriteString("filterType", "LOT_SIZE");
        json.WriteString("minQty", step);
        json.WriteString("maxQty", "1000000000");
        json.WriteString("stepSize", step);
        json.WriteEndObject();
    }

    /// <summary>A number of units of the last decimal, written with all decimals: <c>0.10</c> where a price has two and makes use of one.</summary>
    private static string Step(int decimals, long units) =>
        new decimal((int)units, (int)(units >> 32), 0, isNegative: false, (byte)decimals).ToString(CultureInfo.InvariantCulture);
}
