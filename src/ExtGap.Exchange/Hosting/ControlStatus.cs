using System.Text.Json;
using ExtGap.Core.Market;

namespace ExtGap.Exchange.Hosting;

/// <summary>What the exchange tells those who run it.</summary>
internal static class ControlStatus
{
    /// <summary>Writes the answer of <c>GET /control</c>.</summary>
    public static void Write(ExchangeState exchange, Utf8JsonWriter json)
    {
        var now = exchange.Clock.Now;
        var player = exchange.Player.Status;
        json.WriteStartObject();
        json.WriteNumber("time", now);
        json.WriteString("timeUtc", new Instant(now).ToString());
        if (exchange.Clock.IsUnlimited)
        {
            json.WriteString("speed", "max");
        }
        else
        {
            json.WriteNumber("speed", exchange.Clock.Speed);
        }

        json.WriteBoolean("running", exchange.Player.IsPlaying);
        json.WriteBoolean("ended", exchange.Player.Ended.IsCompleted);
        json.WriteNumber("waitFor", exchange.Options.WaitFor);
        json.WriteNumber("clients", player.Connections);
        json.WriteNumber("closedConnections", exchange.ClosedCount);
        json.WriteNumber("lostConnections", exchange.LostCount);
        json.WriteNumber("subscribers", player.Subscribers);
        json.WriteNumber("streams", player.Streams);
        json.WriteNumber("frames", exchange.Player.FrameCount);
        json.WriteNumber("requests", exchange.RequestCount);
        var (received, accepted) = exchange.Messages.Counts;
        json.WriteNumber("messages", received);
        json.WriteNumber("messagesAccepted", accepted);
        json.WriteNumber("faults", exchange.Faults.Active.Count);
        json.WriteStartArray("symbols");
        foreach (var source in exchange.Market.Sources)
        {
            json.WriteStartObject();
            json.WriteString("symbol", source.Contract.Symbol.ToString());
            json.WriteString("timeframe", source.Timeframe.ToString());
            json.WriteNumber("first", source.FirstOpenTime);
            if (source.End is { } end)
            {
                json.WriteNumber("end", end);
            }
            else
            {
                json.WriteNull("end");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
