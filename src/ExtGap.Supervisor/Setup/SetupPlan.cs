using ExtGap.Shared;
using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Setup;

/// <summary>What a set-up writes: the files whose text changes.</summary>
internal sealed record SetupPlan(IReadOnlyList<SetupFile> Files)
{
    /// <summary>Those of them that exist.</summary>
    public IReadOnlyList<SetupFile> Replaced => [.. Files.Where(file => Path.Exists(file.Path))];

    public static SetupPlan Of(SetupAnswers answers, PresentSetup present)
    {
        var hasSchema = File.Exists(Path.Combine(Path.GetDirectoryName(present.Path)!, ConfigurationText.SchemaName));
        var configuration = present switch
        {
            { Text: null } or { Fault: not null } => ConfigurationText.New(answers, hasSchema),
            { Text: { } text } when IsSame(answers.Symbols, present.Symbols) && IsSame(answers.Timeframes, present.Timeframes) => text,
            { Text: { } text } when text == ConfigurationText.New(answers with { Symbols = present.Symbols, Timeframes = present.Timeframes }, hasSchema) => ConfigurationText.New(answers, hasSchema),
            { Text: { } text } => ConfigurationText.Changed(text, answers),
        };

        // Without credentials a new one is made all the same: whoever writes some into it later finds it closed to others.
        var environment = answers.Telegram is null && present.EnvironmentText is { } asItIs ? asItIs : EnvironmentText.With(present.EnvironmentText, answers.Telegram?.Variables ?? []);
        var files = new List<SetupFile>();
        if (environment != present.EnvironmentText)
        {
            files.Add(new(present.EnvironmentPath, environment, IsSecret: true, path => CheckEnvironment(path, answers)));
        }

        if (configuration != present.Text)
        {
            files.Add(new(present.Path, configuration, IsSecret: false, path => CheckConfiguration(path, present.Path)));
        }

        return new(files);
    }

    private static bool IsSame(IReadOnlyList<string> answer, IReadOnlyList<string> present) =>
        answer.Count == present.Count && answer.Zip(present).All(pair => pair.First == pair.Second || LedgerConflicts.IsSameTimeframe(pair.First, pair.Second));

    // What was kept of a present file may not go with the new bots; it is told of the place that the file would have had.
    private static void CheckConfiguration(string path, string place)
    {
        try
        {
            SupervisorFile.Load(path);
        }
        catch (ConfigurationException e)
        {
            throw new SupervisorException(e.ExitCode, "Nothing was written, for what would be written can't work:\n" + e.Message.Replace(path, place, StringComparison.Ordinal), e);
        }
    }

    private static void CheckEnvironment(string path, SetupAnswers answers)
    {
        var read = EnvFileReader.Read(path);
        if (answers.Telegram?.Variables.Any(variable => read.GetValueOrDefault(variable.Name) != variable.Value) == true)
        {
            throw new InvalidOperationException("The env file does not read as it was written.");
        }
    }
}
