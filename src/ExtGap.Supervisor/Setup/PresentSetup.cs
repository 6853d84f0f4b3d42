using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Setup;

/// <summary>What there is already: its values are proposed, and the rest of it is kept.</summary>
internal sealed record PresentSetup
{
    private const string DefaultEnvironmentFile = ".env";

    /// <summary>Absolute path of the configuration.</summary>
    public required string Path { get; init; }

    /// <summary>The configuration as it is; none where there is none.</summary>
    public string? Text { get; init; }

    /// <summary>Why it can't be used.</summary>
    public string? Fault { get; init; }

    /// <summary>Absolute path of the env file.</summary>
    public required string EnvironmentPath { get; init; }

    /// <summary>The env file as it is; none where there is none.</summary>
    public string? EnvironmentText { get; init; }

    /// <summary>What the env file says.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Symbols of all its bots.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>Timeframes of all its bots.</summary>
    public IReadOnlyList<string> Timeframes { get; init; } = [];

    /// <param name="path">Absolute path of the configuration.</param>
    /// <param name="load">Reads a configuration.</param>
    /// <exception cref="SupervisorException">The env file can't be read: what is in it would be lost.</exception>
    public static PresentSetup Read(string path, Func<string, SupervisorOptions> load)
    {
        var setup = new PresentSetup { Path = path, EnvironmentPath = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, DefaultEnvironmentFile) };
        if (System.IO.Path.Exists(path))
        {
            setup = ReadConfiguration(setup, load);
        }

        return File.Exists(setup.EnvironmentPath)
            ? setup with { EnvironmentText = File.ReadAllText(setup.EnvironmentPath), Variables = EnvironmentFile.Read(setup.EnvironmentPath, isNamed: true) }
            : setup;
    }

    /// <summary>The answer that is proposed; none where there is no good one.</summary>
    public string? ProposalFor(SetupQuestion question)
    {
        var present = question == SetupQuestion.Symbol ? string.Join(',', Symbols)
            : question == SetupQuestion.Timeframe ? string.Join(',', Timeframes)
            : Variables.GetValueOrDefault(question.Variable);
        return string.IsNullOrEmpty(present) ? null : present;
    }

    private static PresentSetup ReadConfiguration(PresentSetup setup, Func<string, SupervisorOptions> load)
    {
        try
        {
            var options = load(setup.Path);
            var bots = options.Programs.Select(program => program.Command).OfType<ProgramCommand.Bot>().Select(bot => bot.Options).ToList();
            return setup with
            {
                Text = File.ReadAllText(setup.Path),
                EnvironmentPath = options.EnvironmentFile,
                Symbols = [.. bots.SelectMany(bot => ListOf(bot, "symbol")).Distinct(StringComparer.Ordinal)],
                Timeframes = [.. bots.SelectMany(bot => ListOf(bot, "timeframe")).Distinct(StringComparer.Ordinal)],
            };
        }
        catch (SupervisorException e) when (e.ExitCode == ExitCode.Configuration)
        {
            return setup with { Text = File.Exists(setup.Path) ? File.ReadAllText(setup.Path) : null, Fault = e.Message };
        }
    }

    private static string[] ListOf(IReadOnlyDictionary<string, string> options, string name) =>
        options.GetValueOrDefault(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
