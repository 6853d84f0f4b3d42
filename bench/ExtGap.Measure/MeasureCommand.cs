using System.CommandLine;
using System.Text.RegularExpressions;
using ExtGap.Measure.Rounds;
using ExtGap.Measure.Rows;

namespace ExtGap.Measure;

/// <summary>The command line.</summary>
internal static class MeasureCommand
{
    public static RootCommand Build()
    {
        var executables = new Option<string>("--executables") { Required = true, Description = "The folder of extgap, extgap-bot and extgap-exchange." };
        var work = new Option<string>("--work") { Required = true, Description = "A folder for what the measurements write; a short path, for it gets sockets." };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 5, Description = "How often each is measured." };
        var rows = new Option<string>("--rows") { DefaultValueFactory = _ => ".", Description = "A regular expression of the rows' names." };
        var output = new Option<string?>("--output") { Description = "The file that gets the table; stdout where none is named." };
        var supervisord = new Option<string?>("--supervisord") { Description = "Path of supervisord." };
        var pm2 = new Option<string?>("--pm2") { Description = "Path of pm2." };
        var python = new Option<string?>("--python") { Description = "Path of a Python interpreter for --python-bot." };
        var pythonBot = new Option<string?>("--python-bot") { Description = "Path of bench/peers/bot.py." };
        var command = new RootCommand("Measures ExtGap's executables and their peers.") { executables, work, rounds, rows, output, supervisord, pm2, python, pythonBot };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new Options
            {
                Executables = Path.GetFullPath(parsed.GetRequiredValue(executables)),
                Work = Path.GetFullPath(parsed.GetRequiredValue(work)),
                Supervisord = parsed.GetValue(supervisord),
                Pm2 = parsed.GetValue(pm2),
                Python = parsed.GetValue(python),
                PythonBot = parsed.GetValue(pythonBot),
            },
            parsed.GetValue(rounds),
            parsed.GetRequiredValue(rows),
            parsed.GetValue(output),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Options options, int rounds, string pattern, string? output, CancellationToken cancellationToken)
    {
        var chosen = AllRows.Of(options).Where(row => Regex.IsMatch(row.Name, pattern, RegexOptions.None, TimeSpan.FromSeconds(1))).ToList();
        if (chosen.Count == 0)
        {
            await Console.Error.WriteLineAsync($"No row is called '{pattern}'. There are: {string.Join(", ", AllRows.Of(options).Select(row => row.Name))}.");
            return 64;
        }

        var results = await Runner.RunAsync(chosen, rounds, options.Work, Console.Error, cancellationToken);
        var text = $"{MarkdownTable.Write(chosen, results)}\n{(rounds == 1 ? "One round" : $"Median of {rounds} rounds (least–most)")}. Machine: {Machine.Describe()}.\n";
        await (output is null ? Console.Out.WriteAsync(text) : File.WriteAllTextAsync(output, text, cancellationToken));
        return results.Values.Any(measured => measured.Fault is not null) ? 1 : 0;
    }
}
