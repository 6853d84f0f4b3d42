using ExtGap.Supervisor.Commands;
using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Setup;

/// <summary>What the exchange and Telegram say of the answers.</summary>
/// <param name="Refused">The questions whose answers they refuse.</param>
/// <param name="IsUnreachable">Whether somebody could not be asked.</param>
internal sealed record TrialResult(IReadOnlyCollection<SetupQuestion> Refused, bool IsUnreachable);

/// <summary>Tries the answers before anything is written: <c>extgap-bot</c> asks with them, and then sends a message to each chat.</summary>
internal sealed class OnlineTrial(Func<BotProbe, CancellationToken, Task<BotCheckOutcome>> ask, PresentSetup present, Screen screen)
{
    /// <exception cref="SupervisorException">The bot could not even ask.</exception>
    public async Task<TrialResult> RunAsync(SetupAnswers answers, CancellationToken cancellationToken)
    {
        screen.Write(answers.Telegram is null ? "\nAsking the exchange …" : "\nAsking the exchange and Telegram …", Tone.Faint);
        var tests = await TestAsync(answers, OnlineTests.Ask, cancellationToken);

        // A message only where all else is good: nobody wants one for each try.
        if (answers.Telegram is not null && tests.All(test => test.IsGood))
        {
            tests = [.. tests, .. (await TestAsync(answers, OnlineTests.AskAndSend, cancellationToken)).Where(test => test.IsMessage)];
        }

        screen.Write(OnlineTable.Lines(tests));
        return new([.. tests.Where(test => test.IsRefused).Select(QuestionOf).Distinct()], tests.Any(test => !test.IsGood && !test.IsRefused));
    }

    private static SetupQuestion QuestionOf(BotOnlineTest test) => test.Test switch
    {
        "symbol" => SetupQuestion.Symbol,
        "token" => SetupQuestion.Token,
        _ => SetupQuestion.Chats,
    };

    private async Task<IReadOnlyList<BotOnlineTest>> TestAsync(SetupAnswers answers, OnlineTests tests, CancellationToken cancellationToken)
    {
        // The env file that will be beside the configuration may say where exchange and Telegram are; the environment goes before it, as for the bots.
        var variables = present.Variables
            .Where(variable => variable.Key.StartsWith("EXTGAP_", StringComparison.Ordinal) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable.Key)))
            .ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in answers.Variables)
        {
            variables[name] = value;
        }

        var outcome = await ask(new(variables, tests), cancellationToken);
        return outcome.Check?.Online ?? throw new SupervisorException(ExitCode.Configuration, $"extgap-bot can't test these answers: {outcome.Fault ?? "it does not know --online; are both of the same version?"}");
    }
}
