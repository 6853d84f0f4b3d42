using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ExtGap.Exchange.Hosting;

/// <summary>The server's side of a WebSocket handshake (RFC 6455, 4.2), which hands out the bare stream: frames for many are written only once.</summary>
internal static class Handshake
{
    private const string Suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Whether the request wants a WebSocket.</summary>
    public static bool IsRequested(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase)
        && !string.IsNullOrEmpty(context.Request.Headers.SecWebSocketKey);

    /// <summary>Accepts it.</summary>
    public static Task<Stream> AcceptAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.Upgrade = "websocket";
        headers.Connection = "Upgrade";
        headers.SecWebSocketAccept = AnswerTo(context.Request.Headers.SecWebSocketKey.ToString());
        return context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    /// <summary>How the exchange keeps a connection alive: a ping every 3 minutes, and 10 minutes for its answer.</summary>
    public static WebSocketCreationOptions KeepAlive(TimeSpan pingInterval) => new()
    {
        IsServer = true,
        KeepAliveInterval = pingInterval,
        KeepAliveTimeout = TimeSpan.FromMinutes(10),
    };

#pragma warning disable CA5350 // The protocol says SHA-1; nothing is kept secret by it.
    private static string AnswerTo(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Suffix)));
#pragma warning restore CA5350
}
