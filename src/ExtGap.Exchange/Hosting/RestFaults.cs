using System.Globalization;
using System.Net;
using ExtGap.Exchange.Faults;
using ExtGap.Exchange.Rest;
using Microsoft.AspNetCore.Http;

namespace ExtGap.Exchange.Hosting;

/// <summary>What the faults in force make of a request to the REST API.</summary>
internal static class RestFaults
{
    private static readonly (FaultKind Kind, int Status)[] Refusals =
    [
        (FaultKind.Rest418, 418), (FaultKind.Rest429, 429), (FaultKind.Rest403, 403), (FaultKind.Rest451, 451), (FaultKind.Rest500, 500),
    ];

    /// <summary>Refuses a request, or leaves it without an answer, where a fault says so.</summary>
    /// <returns>Whether it did.</returns>
    public static async Task<bool> TryRefuseAsync(HttpContext context, ExchangeState exchange)
    {
        if (exchange.Faults.Inject(FaultKind.RestNoAnswer) is { } silent)
        {
            await exchange.Faults.Hold.WaitAsync(silent, context.RequestAborted);
            context.Abort();
            return true;
        }

        if (exchange.Faults.Inject(FaultKind.RestClosed) is not null)
        {
            context.Abort();
            return true;
        }

        foreach (var (kind, status) in Refusals)
        {
            if (exchange.Faults.Inject(kind) is { } fault)
            {
                await RefuseAsync(context, exchange, status, fault.Value.Number);
                return true;
            }
        }

        return false;
    }

    /// <summary>Answers with a status as the exchange or what stands before it would: with a page for people, or with an error of the API.</summary>
    public static Task RefuseAsync(HttpContext context, ExchangeState exchange, int status, int wait)
    {
        switch (status)
        {
            case 403:
                return HttpAnswer.HtmlAsync(context, status, "403 Forbidden", "The request could not be satisfied. Request blocked.");
            case 451:
                return HttpAnswer.HtmlAsync(
                    context, status, "451 Unavailable For Legal Reasons", "Service unavailable from a restricted location according to 'b. Eligibility'.");
            case 418 or 429:
                context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
                return ApiEndpoints.AnswerErrorAsync(context, status is 429
                    ? RestError.TooManyRequests
                    : RestError.Banned(context.Connection.RemoteIpAddress ?? IPAddress.None, exchange.Time.GetUtcNow().ToUnixTimeMilliseconds() + (wait * 1000L)));
            default:
                return ApiEndpoints.AnswerErrorAsync(context, RestError.Unknown(status));
        }
    }

    /// <summary>Sends an answer: at once and whole, unless a fault says otherwise.</summary>
    public static async Task SendAsync(HttpContext context, ExchangeState exchange, ReadOnlyMemory<byte> body)
    {
        if (exchange.Faults.Inject(FaultKind.RestSlow) is { } slow)
        {
            await Task.Delay(slow.Value.Duration!.Value, exchange.Time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (exchange.Faults.Inject(FaultKind.RestHalf) is null)
        {
            await HttpAnswer.SendAsync(context, body, HttpAnswer.Json);
            return;
        }

        context.Response.ContentType = HttpAnswer.Json;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body[..(body.Length / 2)], context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);

        // An abort would overtake the half that was sent. The web server itself ends a connection on which an answer fell short.
    }
}
