using System.Text.RegularExpressions;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests.Documentation;

/// <summary>docs/security.md names the tests that show what it says: they must be there.</summary>
public sealed partial class SecurityPage
{
    [Fact]
    public void Every_test_that_the_page_names_is_there()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .ToList();
        var named = Rows().SelectMany(row => TestName().Matches(row.Split('|')[^2])).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();

        Assert.InRange(named.Count, 50, int.MaxValue);
        var missing = named.Where(name => !sources.Exists(source => Has(source, name))).ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    private static bool Has(string source, string name)
    {
        var parts = name.Split('.');
        return new[] { "\n", " :", "(" }.Any(end => source.Contains($"class {parts[0]}{end}", StringComparison.Ordinal))
            && (parts.Length == 1 || source.Contains($" {parts[1]}(", StringComparison.Ordinal));
    }

    // The rows of all tables with three columns, without their heads.
    private static IEnumerable<string> Rows() => File.ReadLines(Path.Combine(Repository.Root, "docs", "security.md"))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Count(c => c == '|') == 4 && !line.EndsWith("| shown by |", StringComparison.Ordinal));

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]+(\\.[A-Z]\\w+)?)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName();
}
