using System.Buffers;
using System.Globalization;
using System.Net;
using ExtGap.Exchange.Rest;
using Microsoft.AspNetCore.Http;

namespace ExtGap.Exchange.Hosting;

/// <summary>The exchange's REST API.</summary>
internal sealed class ApiEndpoints(ExchangeState exchange)
{
    private const string KlinesPath = "/fapi/v1/klines";

    private readonly RequestWeights _weights = new(exchange.Time);

    /// <summary>Whether an address is the API's.</summary>
    public static bool IsMine(string path) => path.StartsWith("/fapi/", StringComparison.Ordinal);

    /// <summary>Answers a request.</summary>
    public Task HandleAsync(HttpContext context, string path)
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
            "/fapi/v1/exchangeInfo" => HttpAnswer.JsonAsync(context, json => ExchangeInfo.Write(exchange.Market, exchange.Clock.Now, json)),
            "/fapi/v1/time" => HttpAnswer.JsonAsync(context, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("serverTime", exchange.Clock.Now);
                json.WriteEndObject();
            }),
            "/fapi/v1/ping" => HttpAnswer.JsonAsync(context, static json =>
            {
                json.WriteStartObject();
                json.WriteEndObject();
            }),
            _ => AnswerErrorAsync(context, RestError.NoSuchPath(path, context.Request.Method)),
        };
    }

    /// <summary>Answers with an error.</summary>
    public static Task AnswerErrorAsync(HttpContext context, RestError error) => HttpAnswer.JsonAsync(
        context,
        json =>
        {
            json.WriteStartObject();
            json.WriteNumber("code", error.Code);
            json.WriteString("msg", error.Message);
            json.WriteEndObject();
        },
        error.Status);

    private Task AnswerKlinesAsync(HttpContext context)
    {
        var parameters = context.Request.Query;
        if (KlinesQuery.Read(name => parameters[name], exchange.Market, out var query) is { } error)
        {
            return AnswerErrorAsync(context, error);
        }

        var body = new ArrayBufferWriter<byte>(64 * 1024);
        KlinesAnswer.Write(query!, exchange.Clock.Now, body);
        return HttpAnswer.SendAsync(context, body.WrittenMemory, "application/json");
    }
}
