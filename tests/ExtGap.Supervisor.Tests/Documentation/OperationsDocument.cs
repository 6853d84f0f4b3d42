using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using ExtGap.Supervisor.Commands;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Tests;

namespace ExtGap.Supervisor.Tests.Documentation;

/// <summary>docs/operations.md says what the supervisor does, name by name.</summary>
public sealed class OperationsDocument
{
    private const string Operations = "docs/operations.md";

    [Fact]
    public void The_configuration_reference_is_that_of_the_schema() => GeneratedSection.AssertSame(Operations, "configuration", ConfigurationReference.Lines());

    [Fact]
    public void The_restart_delays_are_those_of_the_defaults()
    {
        var options = new RestartOptions();
        string Delay(int failures, double random) => RestartDelay.Of(options, failures, random).TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture);
        GeneratedSection.AssertSame(
            Operations,
            "delays",
            [
                "| failures in a row | wait | with jitter |",
                "|---|---|---|",
                .. Enumerable.Range(1, 8).Select(failures => $"| {failures}{(failures == 8 ? " and more" : string.Empty)} | {Delay(failures, 0.5)} s | {Delay(failures, 0)} to {Delay(failures, 1)} s |"),
            ]);
    }

    [Fact]
    public void Each_field_of_the_status_is_told_and_no_other() => AssertFields("status", Fields(ControlJson.Default.SupervisorStatus, string.Empty));

    [Fact]
    public void Each_field_of_the_health_is_told_and_no_other() => AssertFields("health", Fields(VerbJson.Default.HealthReport, string.Empty));

    [Fact]
    public void Each_field_of_the_check_is_told_and_no_other() => AssertFields("check", Fields(VerbJson.Default.CheckReport, string.Empty));

    [Fact]
    public void Each_verb_is_told_with_each_of_its_options()
    {
        var root = CommandLine.Create(ProcessSurroundings.Create());
        var rows = Rows("| verb |").ToList();
        Assert.Equal(root.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name).Order(StringComparer.Ordinal), rows.Select(Verb).Order(StringComparer.Ordinal));
        foreach (var verb in root.Subcommands.Where(verb => !verb.Hidden))
        {
            var row = rows.First(row => Verb(row) == verb.Name);
            Assert.All(verb.Options.Where(option => !option.Hidden), option => Assert.Contains(option.Name, row, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Each_exit_code_is_told_and_no_other()
    {
        var codes = typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!);
        Assert.Equal(codes, Rows("| code |").Select(row => int.Parse(row.Split('|')[1], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Each_state_is_told_and_no_other() =>
        Assert.Equal(Enum.GetValues<ProgramPhase>().Select(PhaseNames.Of), Rows("| state |").Select(row => row.Split('|')[1].Trim()));

    private static void AssertFields(string part, IEnumerable<string> fields)
    {
        var told = Rows($"| field of {part} |").Select(row => row.Split('|')[1].Trim().Trim('`'));
        Assert.Equal(fields, told);
    }

    private static IEnumerable<string> Rows(string header) =>
        File.ReadLines(Path.Combine(Repository.Root, Operations)).SkipWhile(line => !line.StartsWith(header, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));

    // By what the serializer writes, not by what the code calls it.
    private static IEnumerable<string> Fields(JsonTypeInfo type, string prefix)
    {
        foreach (var property in type.Properties.Where(property => property.Get is not null))
        {
            var value = type.Options.GetTypeInfo(property.PropertyType);
            var isList = value.Kind == JsonTypeInfoKind.Enumerable;
            var name = prefix + property.Name + (isList ? "[]" : string.Empty);
            var content = isList ? type.Options.GetTypeInfo(value.ElementType!) : value;
            foreach (var field in content.Kind == JsonTypeInfoKind.Object ? Fields(content, name + ".") : [name])
            {
                yield return field;
            }
        }
    }

    // Of a row: | `extgap VERB …
    private static string Verb(string row) => row.Split(' ', '`')[3];
}
