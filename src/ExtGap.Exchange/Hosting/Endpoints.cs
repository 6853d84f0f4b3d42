using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Json;
using ExtGap.Exchange.Rest;
using ExtGap.Exchange.Streams;
using Microsoft.AspNetCore.Http;

namespace ExtGap.Exchange.Hosting;

/// <summary>Finds out what a request wants, and answers it.</summary>
internal sealed class Endpoints(ExchangeState exchange, Connections connections)
{
    private const string KlinesPath = "/fapi/v1/klines";

    private readonly RequestWeights _weights = new(exchange.Time);

    /// <summary>Answers a request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (Handshake.IsRequested(context))
        {
            return StreamPath.TryParse(path, context.Request.Query["streams"], out var streams)
                ? connections.ServeAsync(context, streams)
                : AnswerErrorAsync(context, RestError.NoSuchPath(path, context.Request.Method));
        }

        if (HttpMethods.IsGet(context.Request.Method))
        {
            if (path.StartsWith("/fapi/", StringComparison.Ordinal))
            {
                return AnswerApiAsync(context, path);
            }

            if (path is "/control" or "/control/")
            {
                return AnswerAsync(context, json => ControlStatus.Write(exchange, json));
            }
        }

        return AnswerErrorAsync(context, RestError.NoSuchPath(path, context.Request.Method));
    }

    private Task AnswerApiAsync(HttpContext context, string path)
    {
        exchange.CountRequest();
        var weight = path is KlinesPath ? KlinesQuery.WeightOf(context.Request.Query["limit"]) : 1;
        var used = _weights.Add(context.Connection.RemoteIpAddress ?? IPAddress.None, weight);
        context.Response.Headers["X-MBX-USED-WEIGHT-1M"] = used.ToString(CultureInfo.InvariantCulture);
        if (used > RequestWeights.MostPerMinute)
        {
            var wait = Math.Ceiling(_weights.UntilReset().TotalSeconds);
            context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
            return AnswerErrorAsync(context, RestError.TooManyRequests);
        }

        return path switch
        {
            KlinesPath => AnswerKlinesAsync(context),
            "/fapi/v1/exchangeInfo" => AnswerAsync(context, json => ExchangeInfo.Write(exchange.Market, exchange.Clock.Now, json)),
            "/fapi/v1/time" => AnswerAsync(context, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("serverTime", exchange.Clock.Now);
                json.WriteEndObject();
            }),
            "/fapi/v1/ping" => AnswerAsync(context, static json =>
            {
                json.WriteStartObject();
                json.WriteEndObject();
            }),
            _ => AnswerErrorAsync(context, RestError.NoSuchPath(path, context.Request.Method)),
        };
    }

    private Task AnswerKlinesAsync(HttpContext context)
    {
        var parameters = context.Request.Query;
        if (KlinesQuery.Read(name => parameters[name], exchange.Market, out var query) is { } error)
        {
            return AnswerErrorAsync(context, error);
        }

        var body = new ArrayBufferWriter<byte>(64 * 1024);
        KlinesAnswer.Write(query!, exchange.Clock.Now, body);
        return SendAsync(context, body);
    }

    private static Task AnswerErrorAsync(HttpContext context, RestError error)
    {
        context.Response.StatusCode = error.Status;
        return AnswerAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("code", error.Code);
            json.WriteString("msg", error.Message);
            json.WriteEndObject();
        });
    }

    private static Task AnswerAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, JsonText.Options))
        {
            write(json);
        }

        return SendAsync(context, body);
    }

    private static Task SendAsync(HttpContext context, ArrayBufferWriter<byte> body)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        return context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted).AsTask();
    }
}
