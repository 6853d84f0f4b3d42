namespace ExtGap.Supervisor.Setup;

/// <summary>What a set-up asks for, each answer found good by <c>extgap-bot</c>.</summary>
/// <param name="Symbols">The contracts that each bot watches, in capitals.</param>
/// <param name="Timeframes">A bot each, by the bot's own names for them (<c>1h</c>, not <c>60m</c>).</param>
/// <param name="Telegram">None where no credentials are to be written.</param>
internal sealed record SetupAnswers(IReadOnlyList<string> Symbols, IReadOnlyList<string> Timeframes, TelegramAnswers? Telegram)
{
    /// <summary>The variables that make <c>extgap-bot</c> the one that the answers describe; where several timeframes are, the first.</summary>
    public IReadOnlyDictionary<string, string> Variables
    {
        get
        {
            var variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [SetupQuestion.Symbol.Variable] = string.Join(',', Symbols),
                [SetupQuestion.Timeframe.Variable] = Timeframes[0],
            };
            foreach (var (name, value) in Telegram?.Variables ?? [])
            {
                variables[name] = value;
            }

            return variables;
        }
    }
}

/// <param name="Token">The bot's.</param>
/// <param name="Chats">Numbers and <c>@names</c>, separated by commas.</param>
internal sealed record TelegramAnswers(Secret Token, string Chats)
{
    /// <summary>As they stand in the env file.</summary>
    public IReadOnlyList<(string Name, string Value)> Variables => [(SetupQuestion.Token.Variable, Token.Reveal()), (SetupQuestion.Chats.Variable, Chats)];
}

/// <summary>What was given by options and environment; none where it is to be asked for.</summary>
internal sealed record GivenAnswers
{
    public string? Symbols { get; init; }

    public string? Timeframes { get; init; }

    public string? Chats { get; init; }

    public Secret? Token { get; init; }

    /// <summary>No credentials are to be written.</summary>
    public bool WithoutTelegram { get; init; }

    /// <summary>The answer to a question, if there is one.</summary>
    public string? To(SetupQuestion question) => question == SetupQuestion.Symbol ? Symbols
        : question == SetupQuestion.Timeframe ? Timeframes
        : question == SetupQuestion.Chats ? Chats
        : Token?.Reveal();
}
