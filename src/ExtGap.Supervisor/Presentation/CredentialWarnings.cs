using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Presentation;

/// <summary>What is said of bots that send no messages: they run, but nobody would learn of their gaps.</summary>
internal static class CredentialWarnings
{
    public static IEnumerable<StyledLine> Of(SupervisorStatus status)
    {
        foreach (var program in status.Programs)
        {
            if (program.Bot?.Notifications is "off")
            {
                yield return Warning($"{program.Name} has no Telegram credentials: set {Variables(program.Bot)} (or …_EXTGAP_DETECTOR, or TELEGRAM_BOT_TOKEN and TELEGRAM_CHAT_IDS) in .env.");
            }
            else if (program.Bot?.Notifications is "refused")
            {
                yield return Warning($"Telegram refuses the credentials of {program.Name}: correct {Variables(program.Bot)} (or whichever of …_EXTGAP_DETECTOR and TELEGRAM_BOT_TOKEN it uses: see 'extgap check') in .env, then 'extgap restart {program.Name}'.");
            }
        }
    }

    private static StyledLine Warning(string text) => new("Warning: " + text, Tone.Doubtful);

    // The level is named after the timeframe, not after the program: two programs may watch the same one.
    private static string Variables(BotReport bot)
    {
        var level = bot.Symbols is [{ Timeframe: var timeframe }, ..] ? timeframe.ToUpperInvariant() : "TIMEFRAME";
        return $"TELEGRAM_BOT_TOKEN_EXTGAP_{level} and TELEGRAM_CHAT_IDS_EXTGAP_{level}";
    }
}
