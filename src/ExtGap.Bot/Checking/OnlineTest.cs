namespace ExtGap.Bot.Checking;

/// <summary>What is tested.</summary>
internal enum TestedThing
{
    Symbol,
    Token,
    Chat,
    Message,
}

/// <summary>How a test ended.</summary>
internal enum TestOutcome
{
    Good,

    /// <summary>Somebody must mend the configuration.</summary>
    Refused,

    /// <summary>Nobody could tell; later it may work.</summary>
    Unreachable,
}

/// <summary>One test of what only exchange and Telegram know, and its result. No text in it has a token.</summary>
/// <param name="Thing">What was tested.</param>
/// <param name="Subject">Which one: a symbol, a token's variable, a chat by its last four characters.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">The result in words, with the remedy.</param>
internal sealed record OnlineTest(TestedThing Thing, string Subject, TestOutcome Outcome, string Text)
{
    /// <summary>What all tests together end the process with: what waiting won't mend goes first.</summary>
    public static int ExitCodeOf(IEnumerable<OnlineTest> tests)
    {
        var outcomes = tests.Select(test => test.Outcome).ToHashSet();
        return outcomes.Contains(TestOutcome.Refused) ? ExitCode.Configuration
            : outcomes.Contains(TestOutcome.Unreachable) ? ExitCode.Failure
            : ExitCode.Success;
    }
}
