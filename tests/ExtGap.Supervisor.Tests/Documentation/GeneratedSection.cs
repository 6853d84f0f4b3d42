using ExtGap.Tests;

namespace ExtGap.Supervisor.Tests.Documentation;

/// <summary>
/// A part of docs/operations.md that follows from the product, between <c>&lt;!-- generated: NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c>.
/// After a wanted change EXTGAP_APPROVE=1 writes it anew; it is for the reviewer to look at.
/// </summary>
internal static class GeneratedSection
{
    private const string End = "<!-- end -->";

    private static readonly string DocumentPath = Path.Combine(Repository.Root, "docs", "operations.md");
    private static readonly Lock Gate = new();

    /// <summary>The whole document.</summary>
    public static string Document => File.ReadAllText(DocumentPath);

    /// <summary>Fails where the part has other lines than these.</summary>
    public static void AssertSame(string name, IEnumerable<string> lines)
    {
        var expected = string.Join('\n', lines) + "\n";
        lock (Gate)
        {
            var document = Document;
            var (start, end) = Find(document, name);
            if (Environment.GetEnvironmentVariable("EXTGAP_APPROVE") == "1")
            {
                File.WriteAllText(DocumentPath, document[..start] + expected + document[end..]);
                return;
            }

            Assert.True(expected == document[start..end], $"'{name}' in docs/operations.md is not what the product gives. Run this test with EXTGAP_APPROVE=1 and look at:\n{expected}");
        }
    }

    /// <summary>The lines of the part.</summary>
    public static string[] Lines(string name)
    {
        var document = Document;
        var (start, end) = Find(document, name);
        return document[start..end].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static (int Start, int End) Find(string document, string name)
    {
        var marker = $"<!-- generated: {name} -->\n";
        var start = document.IndexOf(marker, StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/operations.md has no line {marker}");
        start += marker.Length;
        return (start, document.IndexOf(End, start, StringComparison.Ordinal));
    }
}
