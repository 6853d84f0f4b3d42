using System.CommandLine;
using ExtGap.Supervisor.Setup;

namespace ExtGap.Supervisor.Commands;

/// <summary>The options of <c>extgap init</c>.</summary>
internal sealed class InitOptions
{
    public Option<string[]> Symbols { get; } = new("--symbol") { HelpName = "SYMBOL,…", Description = "The contracts to watch.", AllowMultipleArgumentsPerToken = true };

    public Option<string[]> Timeframes { get; } = new("--timeframe") { HelpName = "TIMEFRAME,…", Description = "A bot for each of these.", AllowMultipleArgumentsPerToken = true };

    public Option<string[]> Chats { get; } = new("--telegram-chat") { HelpName = "CHAT,…", Description = "Where messages go: numbers or @channels. [TELEGRAM_CHAT_IDS]" };

    public Option<bool> TokenStdin { get; } = new("--token-stdin") { Description = "Reads the Telegram bot's token from stdin; without it, it is in TELEGRAM_BOT_TOKEN, or asked for." };

    public Option<bool> WithoutTelegram { get; } = new("--no-telegram") { Description = "Writes no credentials." };

    public Option<bool> Offline { get; } = new("--offline") { Description = "Asks neither the exchange nor Telegram whether the answers are good, and sends no test message." };

    public Option<bool> Force { get; } = new("--force") { Description = "Replaces what there is without asking; a copy of it is kept all the same." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Symbols, Timeframes, Chats, TokenStdin, WithoutTelegram, Offline, Force, CreateRefused("--token"), CreateRefused("--telegram-token") })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(WithoutTelegram) && (result.GetResult(Chats) is { Implicit: false } || result.GetValue(TokenStdin)))
            {
                result.AddError($"{WithoutTelegram.Name} goes neither with {Chats.Name} nor with {TokenStdin.Name}.");
            }
        });
    }

    public async Task<GivenAnswers> ReadAsync(ParseResult parsed, Surroundings surroundings, bool hasTerminal, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(WithoutTelegram))
        {
            return new() { Symbols = Join(parsed, Symbols), Timeframes = Join(parsed, Timeframes), WithoutTelegram = true };
        }

        // A line that is typed on a terminal would be seen: there the question asks for it.
        var isOnStdin = parsed.GetValue(TokenStdin);
        var token = !isOnStdin ? surroundings.Variable(SetupQuestion.Token.Variable)
            : hasTerminal ? null
            : await surroundings.ReadLineAsync(cancellationToken) is { Length: > 0 } line ? line
            : throw new SupervisorException(ExitCode.Usage, $"{TokenStdin.Name}: there is no token on stdin.");
        return new()
        {
            Symbols = Join(parsed, Symbols),
            Timeframes = Join(parsed, Timeframes),
            Chats = Join(parsed, Chats) ?? (surroundings.Variable(SetupQuestion.Chats.Variable) is { Length: > 0 } chats ? chats : null),
            Token = string.IsNullOrEmpty(token) ? null : new(token.Trim()),
        };
    }

    private static string? Join(ParseResult parsed, Option<string[]> option) => parsed.GetValue(option) is { Length: > 0 } values ? string.Join(',', values) : null;

    // Somebody will try. The parser's own error would repeat the value.
    private static Option<string> CreateRefused(string name)
    {
        var option = new Option<string>(name) { Hidden = true, Arity = ArgumentArity.ZeroOrOne };
        option.Validators.Add(result => result.AddError(
            $"There is no {name}: every user of this machine can read a command line, and a shell keeps it. Let @BotFather /revoke a token that was given so, and give the new one in {SetupQuestion.Token.Variable}, on stdin with --token-stdin, or when asked."));
        return option;
    }
}
