using System.CommandLine;

namespace ExtGap.Bot.Commands;

/// <summary><c>extgap-bot</c> without a verb: the bot itself.</summary>
internal static class BotCommand
{
    public static RootCommand Create() => new("Finds external gaps");
}
