using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExtGap.Supervisor.Demo;

/// <summary>The supervisor.json of a demo: an exchange on loopback, and bots on it.</summary>
internal static class DemoConfiguration
{
    /// <summary>The name of the program that is the market.</summary>
    public const string Exchange = "exchange";

    /// <summary>The bots, by their names.</summary>
    public static IReadOnlyList<string> Timeframes { get; } = ["3m", "15m", "1h"];

    /// <summary>A port of loopback that nobody listens on. The exchange takes it a moment later; the bots must know it by then.</summary>
    public static IPEndPoint FindFreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }

    /// <summary>The file's text.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="exchange">Absolute path of the exchange's executable.</param>
    /// <param name="address">Where it will listen.</param>
    /// <param name="inherited">Names of the variables in the environment: a bot of the demo takes neither options nor credentials from there.</param>
    public static string Write(DemoOptions options, string exchange, IPEndPoint address, IEnumerable<string> inherited)
    {
        var programs = new JsonObject { [Exchange] = Market(options, exchange, address) };
        foreach (var timeframe in Timeframes)
        {
            programs[timeframe] = new JsonObject
            {
                ["bot"] = new JsonObject
                {
                    ["symbol"] = options.Symbol,
                    ["timeframe"] = timeframe,
                    ["stream-url"] = $"ws://{address}",
                    ["api-url"] = $"http://{address}",
                    ["telegram-url"] = $"http://{address}",
                },
                ["environment"] = Blank(inherited),
            };
        }

        var defaults = new JsonObject { ["startSeconds"] = 0.5, ["stop"] = new JsonObject { ["timeout"] = 10 } };
        return Text(new JsonObject { ["defaults"] = defaults, ["programs"] = programs });
    }

    private static JsonObject Market(DemoOptions options, string exchange, IPEndPoint address)
    {
        var market = options.Klines is { } file ? new[] { "--klines", $"{file}={options.Symbol}" } : ["--symbol", options.Symbol];
        string[] arguments = ["--listen", $"{address}", .. market, "--speed", options.Speed, "--wait-for", $"{Timeframes.Count}"];
        return new JsonObject
        {
            ["command"] = exchange,
            ["arguments"] = new JsonArray([.. arguments.Select(argument => (JsonNode)argument)]),
        };
    }

    private static JsonObject Blank(IEnumerable<string> inherited)
    {
        var environment = new JsonObject();
        foreach (var name in inherited.Where(name => name.StartsWith("EXTGAP_", StringComparison.Ordinal) || name.StartsWith("TELEGRAM_", StringComparison.Ordinal)))
        {
            environment[name] = string.Empty;
        }

        // The supervisor's own to set.
        environment.Remove("EXTGAP_LIFELINE");
        return environment;
    }

    private static string Text(JsonObject json)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
