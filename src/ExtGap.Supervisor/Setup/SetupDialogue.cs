using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Setup;

/// <summary>Asks the questions that nobody has answered yet, each until its answer is good.</summary>
internal sealed class SetupDialogue(IPrompts prompts, AnswerCheck check, PresentSetup present, Screen screen)
{
    public async Task<SetupAnswers> AskAsync(GivenAnswers given, CancellationToken cancellationToken)
    {
        var symbols = await AskAsync(SetupQuestion.Symbol, given.Symbols, null, cancellationToken);
        var timeframes = await AskAsync(SetupQuestion.Timeframe, given.Timeframes, null, cancellationToken);
        return new(symbols.Values, timeframes.Values, await WantsTelegramAsync(given, cancellationToken) ? await AskTelegramAsync(given, cancellationToken) : null);
    }

    /// <summary>Asks those questions again whose answers the exchange or Telegram has refused; what was answered is proposed, for the world may have been mended instead.</summary>
    public async Task<SetupAnswers> AskAgainAsync(SetupAnswers answers, IReadOnlyCollection<SetupQuestion> refused, CancellationToken cancellationToken)
    {
        if (refused.Contains(SetupQuestion.Symbol))
        {
            answers = answers with { Symbols = (await AskAsync(SetupQuestion.Symbol, null, string.Join(',', answers.Symbols), cancellationToken)).Values };
        }

        if (answers.Telegram is { } telegram && refused.Contains(SetupQuestion.Token))
        {
            answers = answers with { Telegram = telegram with { Token = new((await AskAsync(SetupQuestion.Token, null, telegram.Token.Reveal(), cancellationToken)).Text) } };
        }

        if (answers.Telegram is { } credentials && refused.Contains(SetupQuestion.Chats))
        {
            answers = answers with { Telegram = credentials with { Chats = (await AskAsync(SetupQuestion.Chats, null, credentials.Chats, cancellationToken)).Text } };
        }

        return answers;
    }

    private async Task<bool> WantsTelegramAsync(GivenAnswers given, CancellationToken cancellationToken) =>
        !given.WithoutTelegram && (given.Chats is not null || given.Token is not null || await prompts.ConfirmAsync("Send messages to Telegram?", proposal: true, cancellationToken));

    private async Task<TelegramAnswers> AskTelegramAsync(GivenAnswers given, CancellationToken cancellationToken)
    {
        var token = await AskAsync(SetupQuestion.Token, given.Token?.Reveal(), null, cancellationToken);
        var chats = await AskAsync(SetupQuestion.Chats, given.Chats, null, cancellationToken);
        return new(new(token.Text), chats.Text);
    }

    private async Task<JudgedAnswer> AskAsync(SetupQuestion question, string? given, string? proposal, CancellationToken cancellationToken)
    {
        proposal ??= present.ProposalFor(question) ?? question.Usual;
        while (true)
        {
            var answer = given ?? await prompts.AskAsync(question, proposal, cancellationToken);
            var judged = await check.JudgeAsync(question, answer, cancellationToken);
            if (judged.Fault is null)
            {
                return judged;
            }

            screen.Write(judged.Fault, Tone.Bad);
            given = null;
        }
    }
}
