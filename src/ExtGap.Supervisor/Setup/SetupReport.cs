using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Setup;

/// <summary>What a set-up tells of what there is and what it did.</summary>
internal static class SetupReport
{
    private const string DefaultConfiguration = "supervisor.json";

    public static IEnumerable<StyledLine> Greeting(PresentSetup present)
    {
        yield return new($"Sets up {present.Path}. Nothing is written before the end; Ctrl-C leaves.");
        if (present.Fault is { } fault)
        {
            yield return new("It exists and can't be used, so that it would be replaced as a whole:", Tone.Doubtful);
            foreach (var line in fault.Split('\n'))
            {
                yield return new(line, Tone.Doubtful);
            }
        }
        else if (present.Text is not null)
        {
            yield return new("It exists: Enter keeps what it has.");
        }
    }

    /// <exception cref="SupervisorException">A file exists and would be another.</exception>
    public static void RefuseToReplace(SetupPlan plan)
    {
        if (plan.Replaced.Count > 0)
        {
            throw new SupervisorException(ExitCode.Usage, $"There is {Words.List([.. plan.Replaced.Select(file => file.Path)])} already: --force replaces it and keeps a copy.");
        }
    }

    public static int NothingWritten(Screen error)
    {
        error.Write("Nothing was written.");
        return ExitCode.Failure;
    }

    public static IEnumerable<StyledLine> BeforeReplacing(SetupPlan plan, PresentSetup present)
    {
        if (present is not { Text: { } text, Fault: null } || plan.Files.FirstOrDefault(file => file.Path == present.Path) is not { } file)
        {
            yield break;
        }

        var (before, after) = (ConfigurationText.ProgramsOf(text), ConfigurationText.ProgramsOf(file.Text));
        yield return new(string.Empty);
        yield return new($"{present.Path}: programs {Words.List(after)}; new {Words.List([.. after.Except(before, StringComparer.Ordinal)])}; gone {Words.List([.. before.Except(after, StringComparer.Ordinal)])}.");
        if (ConfigurationText.HasComments(text))
        {
            yield return new("Its comments will be in the copy only.", Tone.Doubtful);
        }
    }

    public static IEnumerable<StyledLine> After(SetupPlan plan, IReadOnlyList<string> copies, SetupAnswers answers, PresentSetup present)
    {
        yield return new(string.Empty);
        foreach (var file in plan.Files)
        {
            yield return file.IsSecret
                ? new($"Written: {file.Path}, which only you can read.", Tone.Good)
                : new StyledLine($"Written: {file.Path}: {Words.Count(answers.Timeframes.Count, "bot")}, {Words.List(answers.Timeframes)} of {Words.List(answers.Symbols)}.", Tone.Good);
        }

        foreach (var copy in copies)
        {
            yield return new($"Kept: {copy}");
        }

        if (plan.Files.Count == 0)
        {
            yield return new("Everything is so already: nothing was written.", Tone.Good);
        }

        var option = Path.GetFullPath(DefaultConfiguration) == present.Path ? string.Empty : $" --config {present.Path}";
        var changes = present.Text is not null && plan.Files.Any(file => file.Path == present.Path) ? $"; where it runs already, extgap reload{option}" : string.Empty;
        var secrets = present.EnvironmentText is not null && plan.Files.Any(file => file.IsSecret) ? "; bots that run take the new credentials at their next restart" : string.Empty;
        yield return new($"Next: extgap start-all{option}{changes}{secrets}");
    }

    public static IEnumerable<StyledLine> Warnings(SetupAnswers answers, PresentSetup present, Func<string, string?> variable)
    {
        string[] places = ["EXTGAP_API_URL", "EXTGAP_STREAM_URL", "EXTGAP_TELEGRAM_URL"];
        var given = places.Where(name => !string.IsNullOrEmpty(variable(name))).ToList();
        if (given.Count > 0)
        {
            yield return Warning($"{Words.List(given)} of this environment say where exchange and Telegram are, and were not written: start the bots with the same, or put them into {present.EnvironmentPath}.");
        }

        if (answers.Telegram is null && present.ProposalFor(SetupQuestion.Token) is not null)
        {
            yield return Warning($"{present.EnvironmentPath} still has Telegram credentials, and bots use them: take {SetupQuestion.Token.Variable} and {SetupQuestion.Chats.Variable} out to turn messages off.");
        }
    }

    private static StyledLine Warning(string text) => new("Warning: " + text, Tone.Doubtful);
}
