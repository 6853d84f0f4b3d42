using System.Diagnostics.CodeAnalysis;

namespace ExtGap.Exchange.Streams;

/// <summary>
/// What the address of a WebSocket asks for: <c>/market/ws/a/b</c> or <c>/market/stream?streams=a/b</c>. The same without a route, or with
/// <c>/public</c> or <c>/private</c>, is accepted and acknowledged too, but klines come on <c>/market</c> only.
/// </summary>
internal sealed record StreamPath(bool IsCombined, bool DeliversKlines, IReadOnlyList<string> Streams)
{
    private const string Market = "/market";

    private static readonly string[] Routes = [string.Empty, Market, "/public", "/private"];

    /// <summary>Reads an address; its query's <c>streams</c> where it has one.</summary>
    public static bool TryParse(string path, string? streams, [NotNullWhen(true)] out StreamPath? parsed)
    {
        foreach (var route in Routes)
        {
            if (!path.StartsWith(route + "/", StringComparison.Ordinal))
            {
                continue;
            }

            var rest = path[(route.Length + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (rest is ["ws", .. var names])
            {
                parsed = new(IsCombined: false, route is Market, names);
                return true;
            }

            if (rest is ["stream"])
            {
                parsed = new(IsCombined: true, route is Market, streams?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? []);
                return true;
            }
        }

        parsed = null;
        return false;
    }
}
