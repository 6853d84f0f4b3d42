using System.CommandLine;
using ExtGap.Supervisor.Presentation;
using ExtGap.Supervisor.Setup;

namespace ExtGap.Supervisor.Commands;

/// <summary><c>extgap init</c>: from answers, asked for or given, to a <c>supervisor.json</c> and an env file that work.</summary>
internal sealed class InitVerb(Surroundings surroundings)
{
    private readonly InitOptions _options = new();

    public Command Create()
    {
        var command = new Command("init", "Sets up: asks for symbols, timeframes and Telegram, tries them, and writes supervisor.json and .env. What is given by options is not asked.");
        _options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Interruption.GuardAsync(
            surroundings, "Interrupted: nothing was written.", token => RunAsync(parsed, token), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var present = PresentSetup.Read(Verb.ConfigurationPath(parsed, surroundings), surroundings.Load);
        var prompts = surroundings.Prompts();
        var given = await _options.ReadAsync(parsed, surroundings, prompts is not null, cancellationToken);
        var isForced = parsed.GetValue(_options.Force);
        var answers = await AnswerAsync(given, present, prompts, cancellationToken);
        var isOffline = parsed.GetValue(_options.Offline);

        // Before messages are sent: a script that may not write need not try.
        if (prompts is null && !isForced)
        {
            SetupReport.RefuseToReplace(SetupPlan.Of(answers, present));
        }

        if (!isOffline && await TryAsync(answers, present, prompts, cancellationToken) is { } tried)
        {
            if (tried.Answers is null)
            {
                return tried.ExitCode;
            }

            answers = tried.Answers;
        }

        return await WriteAsync(SetupPlan.Of(answers, present), answers, present, isForced ? null : prompts, cancellationToken);
    }

    private async Task<SetupAnswers> AnswerAsync(GivenAnswers given, PresentSetup present, IPrompts? prompts, CancellationToken cancellationToken)
    {
        var check = new AnswerCheck(surroundings.ProbeBotAsync);
        if (prompts is null)
        {
            return await ScriptedSetup.ReadAsync(given, present, check, cancellationToken);
        }

        surroundings.Output.Write(SetupReport.Greeting(present));
        return await new SetupDialogue(prompts, check, present, surroundings.Error).AskAsync(given, cancellationToken);
    }

    /// <returns>The answers that were found good, or are to be written all the same; otherwise what it ends with.</returns>
    private async Task<(SetupAnswers? Answers, int ExitCode)?> TryAsync(SetupAnswers answers, PresentSetup present, IPrompts? prompts, CancellationToken cancellationToken)
    {
        var trial = new OnlineTrial(surroundings.ProbeBotAsync, present, surroundings.Output);
        while (true)
        {
            var result = await trial.RunAsync(answers, cancellationToken);
            if (result.Refused.Count == 0 && !result.IsUnreachable)
            {
                return (answers, ExitCode.Success);
            }

            if (prompts is null)
            {
                surroundings.Error.Write(result.Refused.Count > 0
                    ? "Nothing was written: see WRONG above. --offline writes without these tests."
                    : "Nothing was written, for not everything could be tested: see above, and try again, or write without tests by --offline.");
                return (null, result.Refused.Count > 0 ? ExitCode.Configuration : ExitCode.Failure);
            }

            if (result.Refused.Count > 0)
            {
                answers = await new SetupDialogue(prompts, new(surroundings.ProbeBotAsync), present, surroundings.Error).AskAgainAsync(answers, result.Refused, cancellationToken);
            }
            else if (await prompts.ConfirmAsync("Not everything could be tested. Try again?", proposal: true, cancellationToken) is false)
            {
                return await prompts.ConfirmAsync("Write it all the same? 'extgap check --online' repeats the tests later.", proposal: false, cancellationToken)
                    ? (answers, ExitCode.Success)
                    : (null, SetupReport.NothingWritten(surroundings.Error));
            }
        }
    }

    private async Task<int> WriteAsync(SetupPlan plan, SetupAnswers answers, PresentSetup present, IPrompts? prompts, CancellationToken cancellationToken)
    {
        if (prompts is not null && plan.Replaced.Count > 0)
        {
            surroundings.Output.Write(SetupReport.BeforeReplacing(plan, present));
            if (!await prompts.ConfirmAsync($"Replace {Words.List([.. plan.Replaced.Select(file => file.Path)])}? A copy of what there is will be kept.", proposal: false, cancellationToken))
            {
                return SetupReport.NothingWritten(surroundings.Error);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        var copies = SetupFiles.Write(plan.Files, surroundings.Time.GetUtcNow());
        surroundings.Output.Write(SetupReport.After(plan, copies, answers, present));
        surroundings.Error.Write(SetupReport.Warnings(answers, present, surroundings.Variable));
        return ExitCode.Success;
    }
}
