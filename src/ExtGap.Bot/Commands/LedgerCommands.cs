using System.CommandLine;
using System.Globalization;
using ExtGap.Bot.Configuration;
using ExtGap.Bot.Inspection;
using ExtGap.Bot.Ledger;

namespace ExtGap.Bot.Commands;

/// <summary><c>extgap-bot gaps</c>, <c>trades</c> and <c>stats</c>: what a bot's ledger has, whether or not the bot runs.</summary>
internal static class LedgerCommands
{
    private static readonly Setting Symbol = Settings.Symbol with { ValueName = "SYMBOL", Help = "The contract whose ledger is read." };

    private static readonly Setting Timeframe = Settings.Timeframe with { Help = "The timeframe whose ledger is read, such as 3m." };

    private static readonly Setting DataDirectory = Settings.DataDirectory with { Help = "Where the ledger is." };

    public static IEnumerable<Command> Create() =>
    [
        Create("gaps", "Lists the gaps of a ledger.", "by their detection bar", hasRows: true, GapListing.Write),
        Create("trades", "Lists the closed trades of a ledger, then the open position and the pending entry.", "by their exit", hasRows: true, TradeListing.Write),
        Create("stats", "Tells what the gaps and trades of a ledger come to, and where its bot stands.", "by detection bar and exit", hasRows: false, StatisticsSheet.Write),
    ];

    private static Command Create(string name, string help, string by, bool hasRows, Action<LedgerReader, LedgerQuery, Stream> write)
    {
        var since = new Option<string>("--since")
        {
            HelpName = "TIME|AGE",
            Description = $"Only gaps and trades since a time such as 2026-01-31 or 2026-01-31T12:00Z, or an age such as 7d before the end of the ledger's last candle; {by}.",
        };
        var last = new Option<string>("--last") { HelpName = "N", Description = "Only the newest N rows." };
        var json = new Option<bool>("--json") { Description = "One JSON document instead of a table." };
        var command = new Command(name, help);
        var settings = new SettingOptions(command, [Symbol, Timeframe, DataDirectory, Settings.EnvFile]);
        command.Options.Add(since);
        if (hasRows)
        {
            command.Options.Add(last);
        }

        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var reader = settings.Read(parsed);
            var symbol = reader.Read(Symbol, ParseOneSymbol);
            var timeframe = reader.Read(Timeframe, Core.Market.Timeframe.Parse);
            var folder = reader.Read(DataDirectory, text => text);
            var query = new LedgerQuery
            {
                Since = reader.ReadOption(since.Name, parsed.GetValue(since), StartingPoint.Parse),
                Last = hasRows ? reader.ReadOption(last.Name, parsed.GetValue(last), ParseCount) : null,
                Json = parsed.GetValue(json),
            };
            reader.ThrowIfFaulty();
            using var output = Console.OpenStandardOutput();
            using var ledger = LedgerReader.Open(folder, symbol, timeframe);
            return ledger.Read(opened =>
            {
                write(opened, query, output);
                return ExitCode.Success;
            });
        });
        return command;
    }

    private static Core.Market.Symbol ParseOneSymbol(string text) => text.Contains(',', StringComparison.Ordinal)
        ? throw new FormatException($"'{text}' are several symbols; each has a ledger of its own: name one of them with --symbol.")
        : Core.Market.Symbol.Parse(text);

    private static int? ParseCount(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new FormatException($"'{text}' is not a number of rows: a whole number from 1 is needed.");
}
