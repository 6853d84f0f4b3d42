using ExtGap.Supervisor.Configuration.Reading;

namespace ExtGap.Supervisor.Configuration;

/// <summary>
/// Finds bots that would write to one ledger, which is a symbol's and timeframe's in a data directory: the second would wait for the
/// first for ever. An option that is not given counts as its default, unless the two programs have different env files that may give it.
/// </summary>
internal static class LedgerConflicts
{
    /// <summary>Notes a fault of each program whose ledger an earlier one has.</summary>
    /// <param name="programs">In the order of the file, each with the object that it was read from.</param>
    /// <param name="folder">Where relative paths start.</param>
    public static void Reject(IReadOnlyList<(ProgramOptions Program, ConfigObject Json)> programs, string folder)
    {
        var bots = programs.Where(pair => pair.Program.IsBot).Select(pair => (Uses: new LedgerUse(pair.Program, folder), pair.Json)).ToList();
        for (var i = 1; i < bots.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (bots[j].Uses.SharedSymbol(bots[i].Uses) is { } symbol)
                {
                    bots[i].Json.Reject($"it would use the ledger of {bots[j].Json.Path} ({symbol} {bots[i].Uses.Timeframe} in {bots[i].Uses.Directory}): give it another symbol, timeframe or data-directory.");
                    break;
                }
            }
        }
    }

    /// <summary>Whether two names are one timeframe's, such as 60m and 1h; the month (1M) is nobody's else.</summary>
    public static bool IsSameTimeframe(string one, string other) => Normal(one) == Normal(other);

    private static string Normal(string timeframe) =>
        timeframe is [.. var digits, 'm' or 'h' or 'd'] && int.TryParse(digits, out var count) && count is > 0 and < 100_000
            ? $"{count * timeframe[^1] switch { 'm' => 1, 'h' => 60, _ => 1440 }}m"
            : timeframe;

    private sealed class LedgerUse
    {
        private readonly ProgramOptions _program;
        private readonly string _symbol;
        private readonly string _timeframe;

        public LedgerUse(ProgramOptions program, string folder)
        {
            _program = program;
            _symbol = Given("symbol") ?? "BTCUSDT";
            _timeframe = Given("timeframe") ?? string.Empty;
            Directory = Path.GetFullPath(Given("data-directory") is { Length: > 0 } directory ? directory : "data", folder);
        }

        public string Timeframe => _timeframe.Length > 0 ? _timeframe : "without a timeframe";

        public string Directory { get; }

        public string? SharedSymbol(LedgerUse other)
        {
            var mayDiffer = _program.EnvironmentFile != other._program.EnvironmentFile
                && Array.Exists(["symbol", "timeframe", "data-directory"], name => Given(name) is null || other.Given(name) is null);
            return mayDiffer || Directory != other.Directory || !IsSameTimeframe(_timeframe, other._timeframe)
                ? null
                : Symbols(_symbol).Intersect(Symbols(other._symbol), StringComparer.Ordinal).FirstOrDefault();
        }

        private string? Given(string name) =>
            ((ProgramCommand.Bot)_program.Command).Options.GetValueOrDefault(name) ?? _program.Environment.GetValueOrDefault(BotOptionNames.Variable(name));

        private static string[] Symbols(string list) =>
            list.ToUpperInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
