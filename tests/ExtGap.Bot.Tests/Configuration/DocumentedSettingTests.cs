using System.CommandLine;
using ExtGap.Bot.Commands;
using ExtGap.Bot.Configuration;
using ExtGap.Bot.Projections;
using ExtGap.Tests;

namespace ExtGap.Bot.Tests.Configuration;

/// <summary>docs/bot.md says what the program does.</summary>
public sealed class DocumentedSettingTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "bot.md"));

    [Fact]
    public void The_table_of_options_has_every_setting_with_its_variables_and_default()
    {
        var settings = Settings.Bot.Select(setting => string.Join(
            " | ",
            $"`{$"{setting.Option} {setting.ValueName}".TrimEnd()}`",
            string.Join(", ", setting.Variables.Select(variable => $"`{variable}`")),
            setting.Default is { } value ? $"`{value}`" : string.Empty));
        var documented = Table("| option | variable | default | |").Select(cells => string.Join(" | ", cells.Take(3)));
        Assert.Equal<IEnumerable<string>>(settings, documented);
    }

    [Fact]
    public void Every_option_of_a_verb_is_documented()
    {
        var text = string.Join('\n', Lines);
        foreach (var command in LedgerCommands.Create().Append(HealthCommand.Create()).Append(NotifyCommand.Create()))
        {
            Assert.Contains($"\n## {command.Name}\n", text, StringComparison.Ordinal);
            Assert.All(command.Options, option => Assert.Contains($"`{option.Name}", text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_check_has_a_section_of_its_own_and_the_bots_own_options()
    {
        var check = CheckCommand.Create();
        Assert.Contains("## check", Lines);
        string[] own = ["--json", "--online", "--send-test-message"];
        Assert.Equal(Settings.Bot.Select(setting => setting.Option).Concat(own).Order(StringComparer.Ordinal), check.Options.Select(option => option.Name).Order(StringComparer.Ordinal));
        Assert.All(own, option => Assert.Contains(Lines, line => line.Contains(option, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_columns_of_the_csv_files_are_documented()
    {
        var text = string.Join('\n', Lines);
        var columns = System.Text.Encoding.UTF8.GetString([.. CsvFormat.GapHeader, .. CsvFormat.TradeHeader]).TrimEnd().Split(',', '\n');
        Assert.All(columns, column => Assert.Contains($"`{column.Replace("Cumulative", column == "Cumulative Wins" ? "Cumulative" : "…", StringComparison.Ordinal)}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_exit_code_is_documented()
    {
        var codes = typeof(ExitCode).GetFields().Select(field => ((int)field.GetRawConstantValue()!).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal<IEnumerable<string>>(codes, Table("| code | means | a supervisor |").Select(cells => cells[0]));
    }

    private static IEnumerable<string[]> Table(string header) => Lines
        .SkipWhile(line => line != header)
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Replace("\\|", "\0", StringComparison.Ordinal).Trim('|').Split('|').Select(cell => cell.Trim().Replace('\0', '|')).ToArray());
}
