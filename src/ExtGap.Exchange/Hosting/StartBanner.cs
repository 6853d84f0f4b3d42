using System.Text;
using ExtGap.Core.Market;
using ExtGap.Exchange.Markets;

namespace ExtGap.Exchange.Hosting;

/// <summary>What the exchange says when it starts.</summary>
internal static class StartBanner
{
    /// <summary>The lines, of which the first always has the address.</summary>
    public static string Of(ExchangeState exchange, Uri address)
    {
        var text = new StringBuilder();
        var at = address.GetLeftPart(UriPartial.Authority);
        text.Append("Listening on ").Append(at).Append('\n');
        foreach (var source in exchange.Market.Sources)
        {
            text.Append(source.Contract.Symbol).Append(source is FileBars bars
                ? $": {bars.Count} candles of {bars.Timeframe}, {new Instant(bars.FirstOpenTime)} to {new Instant(bars.End!.Value)}"
                : $": a made market of seed {exchange.Options.Seed}, without end").Append('\n');
        }

        var speed = exchange.Clock.IsUnlimited ? "as fast as the slowest subscriber takes it" : $"speed {exchange.Clock.Speed}";
        var waits = exchange.Options.WaitFor switch
        {
            0 => string.Empty,
            1 => ", once there is a subscriber",
            var count => $", once there are {count} subscribers",
        };
        text.Append($"The clock starts at {new Instant(exchange.Clock.Now)}, {speed}{waits}.\n");
        var symbol = exchange.Market.Sources[0].Contract.Symbol;
        var timeframe = exchange.Market.Sources[0].Timeframe == Timeframe.Natives[0] ? Timeframe.Natives[1] : exchange.Market.Sources[0].Timeframe;
        text.Append($"extgap-bot --symbol {symbol} --timeframe {timeframe} --stream-url ws://{address.Authority} --api-url {at}");
        return text.ToString();
    }
}
