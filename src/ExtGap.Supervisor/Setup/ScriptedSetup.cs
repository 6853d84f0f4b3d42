namespace ExtGap.Supervisor.Setup;

/// <summary>The answers of a script, which nobody can be asked to complete: all that is missing or wrong is told at once.</summary>
internal static class ScriptedSetup
{
    /// <exception cref="SupervisorException">An answer is missing, or no good one.</exception>
    public static async Task<SetupAnswers> ReadAsync(GivenAnswers given, PresentSetup present, AnswerCheck check, CancellationToken cancellationToken)
    {
        SetupQuestion[] questions = given.WithoutTelegram
            ? [SetupQuestion.Symbol, SetupQuestion.Timeframe]
            : [SetupQuestion.Symbol, SetupQuestion.Timeframe, SetupQuestion.Token, SetupQuestion.Chats];
        var answers = questions.Select(question => given.To(question) ?? present.ProposalFor(question)).ToArray();
        var judged = await Task.WhenAll(questions.Zip(answers, async (question, answer) => answer is null ? null : await check.JudgeAsync(question, answer, cancellationToken)));
        var faults = Missing(questions.Zip(judged).Where(pair => pair.Second is null).Select(pair => pair.First))
            .Concat(questions.Zip(judged).Where(pair => pair.Second?.Fault is not null).Select(pair => $"{pair.First.Source}: {pair.Second!.Fault}"))
            .ToList();
        return faults.Count > 0
            ? throw new SupervisorException(ExitCode.Usage, string.Join('\n', faults))
            : new(judged[0]!.Values, judged[1]!.Values, given.WithoutTelegram ? null : new(new(judged[2]!.Text), judged[3]!.Text));
    }

    private static IEnumerable<string> Missing(IEnumerable<SetupQuestion> questions)
    {
        var lines = questions.Select(question => $"  {question.Source}{(question == SetupQuestion.Token || question == SetupQuestion.Chats ? " (or --no-telegram)" : string.Empty)}: {question.Help}").ToList();
        return lines.Count > 0 ? lines.Prepend("There is no terminal to ask on, and these are missing:") : lines;
    }
}
