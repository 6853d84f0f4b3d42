using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests;

/// <summary>Dependencies point one way.</summary>
public sealed class Dependencies
{
    [Fact]
    public void The_core_needs_nothing_but_the_framework() =>
        Assert.All(ReferencesOf("extgap-bot", "ExtGap.Core"), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

    [Fact]
    public void The_core_does_no_input_or_output() => Assert.DoesNotContain(
        ReferencesOf("extgap-bot", "ExtGap.Core"),
        name => name.Contains("Net", StringComparison.Ordinal) || name.Contains("FileSystem", StringComparison.Ordinal) || name.Contains("Console", StringComparison.Ordinal));

    [Fact]
    public void Bot_and_exchange_know_the_core_and_kline_files_and_not_each_other()
    {
        string[] expected = ["ExtGap.Core", "ExtGap.KlineFiles"];
        Assert.Equal(expected, OwnReferencesOf("extgap-bot", "extgap-bot"));
        Assert.Equal(expected, OwnReferencesOf("extgap-exchange", "extgap-exchange"));
        Assert.Equal(["ExtGap.Core"], OwnReferencesOf("extgap-bot", "ExtGap.KlineFiles"));
    }

    [Fact]
    public void The_supervisor_knows_nothing_of_what_it_runs()
    {
        Assert.Empty(OwnReferencesOf("extgap", "extgap"));
        var folder = Path.GetDirectoryName(Executables.PathOf("extgap"))!;
        Assert.Equal(["extgap"], Directory.EnumerateFiles(folder, "extgap*.dll", new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive }).Select(Path.GetFileNameWithoutExtension));
    }

    private static IEnumerable<string> OwnReferencesOf(string executable, string assembly) =>
        ReferencesOf(executable, assembly).Where(name => name.StartsWith("ExtGap", StringComparison.Ordinal) || name.StartsWith("extgap", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static List<string> ReferencesOf(string executable, string assembly)
    {
        var folder = Path.GetDirectoryName(Executables.PathOf(executable))!;
        using var file = File.OpenRead(Path.Combine(folder, assembly + ".dll"));
        using var portable = new PEReader(file);
        var metadata = portable.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
