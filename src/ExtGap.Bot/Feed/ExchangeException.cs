using System.Net;
using System.Text.Json;
using ExtGap.Bot.Configuration;
using ExtGap.Shared;

namespace ExtGap.Bot.Feed;

/// <summary>The exchange can't be reached, refuses, or answers with what can't be used. Waiting may help.</summary>
internal sealed class ExchangeException : Exception
{
    /// <summary>The longest that a bot waits because it is asked to: the exchange bans for three days at most.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(3);

    private const int LongestMessage = 500;

    public ExchangeException(string message, TimeSpan? retryAfter = null, Exception? cause = null)
        : base(PlainText.Of(message, LongestMessage), cause)
    {
        RetryAfter = retryAfter > LongestWait ? LongestWait : retryAfter;
    }

    /// <summary>How long the exchange asks to wait, up to <see cref="LongestWait"/>.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>What an answer that is no success means, in words.</summary>
    public static ExchangeException FromAnswer(HttpStatusCode status, TimeSpan? retryAfter, ReadOnlySpan<byte> body) => status switch
    {
        HttpStatusCode.Forbidden or HttpStatusCode.UnavailableForLegalReasons =>
            new($"The exchange refuses this location (HTTP {(int)status}). Run the bot where the exchange is offered.", retryAfter),
        HttpStatusCode.TooManyRequests => new($"The exchange asks for fewer requests (HTTP 429){Wait(retryAfter)}.", retryAfter),
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
            new($"The exchange sends elsewhere (HTTP {(int)status}), where the bot does not follow: see {Settings.ApiUrl.Option} and {Settings.StreamUrl.Option}.", retryAfter),
        (HttpStatusCode)418 => new($"The exchange has banned this address for a while (HTTP 418){Wait(retryAfter)}.", retryAfter),
        _ => new($"The exchange answers HTTP {(int)status}{Detail(body)}.", retryAfter),
    };

    private static string Wait(TimeSpan? retryAfter) => retryAfter is { } wait ? $", to wait for {wait.TotalSeconds:0} s" : string.Empty;

    private static string Detail(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, FeedJson.Default.ErrorAnswer) is { Msg: { } message, Code: var code } ? $": {message} ({code})" : string.Empty;
        }
        catch (JsonException)
        {
            return string.Empty;
        }
    }
}
