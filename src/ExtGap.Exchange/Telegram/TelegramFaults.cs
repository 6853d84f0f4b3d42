using System.Globalization;
using ExtGap.Exchange.Faults;

namespace ExtGap.Exchange.Telegram;

/// <summary>What the faults in force make of a call.</summary>
internal static class TelegramFaults
{
    /// <summary>A fault that leaves the call without an answer.</summary>
    public static ActiveFault? Cuts(FaultBoard faults) => faults.Inject(FaultKind.TelegramClosed) ?? faults.Inject(FaultKind.TelegramNoAnswer);

    /// <summary>A refusal that concerns any call.</summary>
    public static TelegramError? OfAnyCall(FaultBoard faults) =>
        faults.Inject(FaultKind.Telegram401) is not null ? TelegramError.Unauthorized
        : faults.Inject(FaultKind.Telegram500) is not null ? TelegramError.Internal
        : faults.Inject(FaultKind.Telegram429) is { } wait ? TelegramError.TooMany(wait.Value.Number)
        : null;

    /// <summary>A refusal that concerns the chat.</summary>
    public static TelegramError? OfChat(FaultBoard faults, TelegramChat chat) =>
        faults.Inject(FaultKind.TelegramMigrate, chat.Name) is { } migrated ? Migrated(migrated.Value.NewChat!)
        : faults.Inject(FaultKind.TelegramChatNotFound, chat.Name) is not null ? TelegramError.ChatNotFound
        : faults.Inject(FaultKind.TelegramBlocked, chat.Name) is not null ? TelegramError.Blocked
        : null;

    /// <summary>A refusal that concerns the text.</summary>
    public static TelegramError? OfText(FaultBoard faults, TelegramCall call) =>
        call["parse_mode"].Length > 0 && faults.Inject(FaultKind.TelegramCantParse) is not null
            ? TelegramError.Bad("can't parse entities: Unsupported start tag \"fault\" at byte offset 0")
            : null;

    private static TelegramError Migrated(string chat) => TelegramError.Migrated(long.Parse(chat, CultureInfo.InvariantCulture));
}
