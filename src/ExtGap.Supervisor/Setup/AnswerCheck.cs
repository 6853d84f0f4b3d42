using ExtGap.Supervisor.Commands;

namespace ExtGap.Supervisor.Setup;

/// <summary>An answer that was judged.</summary>
/// <param name="Values">It, in the bot's own spelling; a list where it may be one.</param>
/// <param name="Fault">Otherwise what is wrong with it.</param>
internal sealed record JudgedAnswer(IReadOnlyList<string> Values, string? Fault)
{
    public string Text => string.Join(',', Values);
}

/// <summary>Lets <c>extgap-bot</c> judge answers one by one, as it would at a start.</summary>
internal sealed class AnswerCheck(Func<BotProbe, CancellationToken, Task<BotCheckOutcome>> ask)
{
    // Halves that can't be judged alone get another half that is good; no process ever uses it.
    private const string SomeToken = "1:x";
    private const string SomeChat = "1";
    private const string SomeTimeframe = "1h";

    public async Task<JudgedAnswer> JudgeAsync(SetupQuestion question, string answer, CancellationToken cancellationToken)
    {
        var parts = question.IsSecret ? [answer.Trim()] : answer.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts is [] or [""])
        {
            return new([], $"nothing was given. {question.Help}");
        }

        // A bot has one timeframe; of the others it takes lists.
        string[] texts = question == SetupQuestion.Timeframe ? parts : [string.Join(',', parts)];
        var outcomes = await Task.WhenAll(texts.Select(text => ask(new(Variables(question, text), OnlineTests.None), cancellationToken)));
        var faults = outcomes.Select(outcome => outcome.Fault).OfType<string>().Select(fault => Shorten(question, fault)).ToList();
        return faults.Count > 0 ? new([], string.Join('\n', faults))
            : question == SetupQuestion.Timeframe ? new([.. outcomes.Select(outcome => outcome.Check!.Timeframe).Distinct(StringComparer.Ordinal)], null)
            : question == SetupQuestion.Symbol ? new(outcomes[0].Check!.Symbols, null)
            : new([.. parts.Distinct(StringComparer.Ordinal)], null);
    }

    private static Dictionary<string, string> Variables(SetupQuestion question, string text)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { [SetupQuestion.Timeframe.Variable] = SomeTimeframe };
        if (question == SetupQuestion.Token || question == SetupQuestion.Chats)
        {
            variables[SetupQuestion.Token.Variable] = SomeToken;
            variables[SetupQuestion.Chats.Variable] = SomeChat;
        }

        variables[question.Variable] = text;
        return variables;
    }

    // Who is asked for a symbol need not hear of its variable.
    private static string Shorten(SetupQuestion question, string fault) => fault.Replace(question.Variable + ": ", string.Empty, StringComparison.Ordinal);
}
