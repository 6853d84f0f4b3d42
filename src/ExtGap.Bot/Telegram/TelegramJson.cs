using System.Text.Json.Serialization;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace ExtGap.Bot.Telegram;

/// <summary>
/// What is read of Telegram's answers. The library's own description of them knows all types of the Bot API, of which a native bot would
/// unpack 9 MB at each start; it is left out of native executables (<c>Telegram.Bot.xml</c>), and this one takes its place.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ApiResponse))]
[JsonSerializable(typeof(ApiResponse<TelegramAnswer>))]
internal sealed partial class TelegramJson : JsonSerializerContext;

/// <summary>What is read of a bot, chat or message.</summary>
/// <param name="Username">The name of a bot or chat, without an @.</param>
internal sealed record TelegramAnswer(string? Username);
