using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using ExtGap.Exchange.Faults;
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
    public async Task HandleAsync(HttpContext context, string path)
    {
        exchange.CountRequest();
        var weight = path is KlinesPath ? KlinesQuery.WeightOf(context.Request.Query["limit"]) : 1;
        var used = _weights.Add(context.Connection.RemoteIpAddress ?? IPAddress.None, weight);
        context.Response.Headers["X-MBX-USED-WEIGHT-1M"] = used.ToString(CultureInfo.InvariantCulture);
        if (used > RequestWeights.MostPerMinute)
        {
            await RestFaults.RefuseAsync(context, exchange, StatusCodes.Status429TooManyRequests, (int)Math.Ceiling(_weights.UntilReset().TotalSeconds));
        }
        else if (!await RestFaults.TryRefuseAsync(context, exchange))
        {
            await (Answer(context, path, out var body) is { } error ? AnswerErrorAsync(context, error) : RestFaults.SendAsync(context, exchange, body));
        }
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

    private RestError? Answer(HttpContext context, string path, out ReadOnlyMemory<byte> body)
    {
        body = default;
        switch (path)
        {
            case KlinesPath:
                return AnswerKlines(context.Request.Query, out body);
            case "/fapi/v1/exchangeInfo":
                body = HttpAnswer.Write(json => ExchangeInfo.Write(exchange.Market, ToldTime(), json));
                return null;
            case "/fapi/v1/time":
                body = Encoding.UTF8.GetBytes($$"""{"serverTime":{{ToldTime()}}}""");
                return null;
            case "/fapi/v1/ping":
                body = Encoding.UTF8.GetBytes("{}");
                return null;
            default:
                return RestError.NoSuchPath(path, context.Request.Method);
        }
    }

    private RestError? AnswerKlines(IQueryCollection parameters, out ReadOnlyMemory<byte> body)
    {
        body = default;
        if (KlinesQuery.Read(name => parameters[name], exchange.Market, out var query) is { } error)
        {
            return error;
        }

        var now = exchange.Clock.Now;
        if (exchange.Faults.Inject(FaultKind.RestLag) is { } lag)
        {
            query = query!.WithoutNewest(lag.Value.Number, now);
        }

        var rows = new ArrayBufferWriter<byte>(64 * 1024);
        KlinesAnswer.Write(query!, now, rows);
        body = rows.WrittenMemory;
        return null;
    }

    private long ToldTime() =>
        exchange.Clock.Now - (long)(exchange.Faults.Inject(FaultKind.RestStaleTime)?.Value.Duration ?? TimeSpan.Zero).TotalMilliseconds;
}
