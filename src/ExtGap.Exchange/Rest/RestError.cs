using System.Net;

namespace ExtGap.Exchange.Rest;

/// <summary>An error of the REST API, with the exchange's own code and words.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">The exchange's code.</param>
/// <param name="Message">The exchange's text.</param>
internal sealed record RestError(int Status, int Code, string Message)
{
    private const int BadRequest = 400;

    /// <summary>There is no such symbol.</summary>
    public static RestError InvalidSymbol { get; } = new(BadRequest, -1121, "Invalid symbol.");

    /// <summary>There is no such interval.</summary>
    public static RestError InvalidInterval { get; } = new(BadRequest, -1120, "Invalid interval.");

    /// <summary>The end is before the start.</summary>
    public static RestError StartAfterEnd { get; } = new(BadRequest, -1023, "Start time is greater than end time.");

    /// <summary>The weight of the minute is used up.</summary>
    public static RestError TooManyRequests { get; } = new(
        429,
        -1003,
        $"Too many requests; current limit is {RequestWeights.MostPerMinute} requests per minute. Please use the websocket for live updates to avoid polling the API.");

    /// <summary>The address is banned.</summary>
    /// <param name="address">Which.</param>
    /// <param name="until">Until when, in milliseconds since the epoch.</param>
    public static RestError Banned(IPAddress address, long until) => new(
        418, -1003, $"Way too many requests; IP({address}) banned until {until}. Please use the websocket for live updates to avoid bans.");

    /// <summary>A fault of the exchange's own.</summary>
    public static RestError Unknown(int status) => new(status, -1000, "An unknown error occurred while processing the request.");

    /// <summary>A mandatory parameter is missing.</summary>
    public static RestError Missing(string parameter) =>
        new(BadRequest, -1102, $"Mandatory parameter '{parameter}' was not sent, was empty/null, or malformed.");

    /// <summary>A parameter's value makes no sense.</summary>
    public static RestError Invalid(string parameter) => new(BadRequest, -1130, $"Data sent for parameter '{parameter}' is not valid.");

    /// <summary>There is nothing at this address.</summary>
    public static RestError NoSuchPath(string path, string method) => new(404, -5000, $"Path {path}, Method {method} is invalid");
}
