namespace ExtGap.Exchange.Telegram;

/// <summary>An error of the Bot API, in its own words.</summary>
/// <param name="Code">HTTP status and <c>error_code</c>.</param>
/// <param name="Description">Its text.</param>
internal sealed record TelegramError(int Code, string Description)
{
    /// <summary>Seconds to wait.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The chat that has taken this one's place.</summary>
    public long? MigrateTo { get; init; }

    /// <summary>No such path or method, or a token of no known form.</summary>
    public static TelegramError NotFound { get; } = new(404, "Not Found");

    /// <summary>The token is not valid.</summary>
    public static TelegramError Unauthorized { get; } = new(401, "Unauthorized");

    /// <summary>There is no such chat.</summary>
    public static TelegramError ChatNotFound { get; } = new(400, "Bad Request: chat not found");

    /// <summary>The user doesn't want the bot any more.</summary>
    public static TelegramError Blocked { get; } = new(403, "Forbidden: bot was blocked by the user");

    /// <summary>A fault of Telegram's own.</summary>
    public static TelegramError Internal { get; } = new(500, "Internal Server Error");

    /// <summary>Too much at once.</summary>
    public static TelegramError TooMany(int seconds) => new(429, $"Too Many Requests: retry after {seconds}") { RetryAfter = seconds };

    /// <summary>The group has become a supergroup, which has another number.</summary>
    public static TelegramError Migrated(long chat) => new(400, "Bad Request: group chat was upgraded to a supergroup chat") { MigrateTo = chat };

    /// <summary>Something is wrong with the request.</summary>
    public static TelegramError Bad(string what) => new(400, $"Bad Request: {what}");
}
