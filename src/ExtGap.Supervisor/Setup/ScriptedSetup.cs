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
        ThrowIfMissing(questions, answers);
        var judged = await Task.WhenAll(questions.Zip(answers, (question, answer) => check.JudgeAsync(question, answer!, cancellationToken)));
        var faults = questions.Zip(judged).Where(pair => pair.Second.Fault is not null).Select(pair => $"{pair.First.Source}: {pair.Second.Fault}").ToList();
        return faults.Count > 0
            ? throw new SupervisorException(ExitCode.Usage, string.Join('\n', faults))
            : new(judged[0].Values, judged[1].Values, given.WithoutTelegram ? null : new(new(judged[2].Text), judged[3].Text));
    }

    private static void ThrowIfMissing(IEnumerable<SetupQuestion> questions, IEnumerable<string?> answers)
    {
        var missing = questions.Zip(answers).Where(pair => pair.Second is null).Select(pair => pair.First).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        var lines = missing.Select(question => $"  {question.Source}: {question.Text}{(question == SetupQuestion.Token || question == SetupQuestion.Chats ? ", or --no-telegram" : string.Empty)}");
        throw new SupervisorException(ExitCode.Usage, "There is no terminal to ask on, and these are missing:\n" + string.Join('\n', lines));
    }
}
