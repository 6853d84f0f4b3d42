using ExtGap.Tests;

namespace ExtGap.Supervisor.Tests.Documentation;

/// <summary>
/// A part of a document that follows from the product, between <c>&lt;!-- generated: NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c>.
/// After a wanted change EXTGAP_APPROVE=1 writes it anew; it is for the reviewer to look at.
/// </summary>
internal static class GeneratedSection
{
    private const string End = "<!-- end -->";

    private static readonly Lock Gate = new();

    /// <summary>Fails where the part has other lines than these.</summary>
    /// <param name="path">The document's, from the repository's root.</param>
    /// <param name="name">The part's.</param>
    /// <param name="lines">What it must have.</param>
    public static void AssertSame(string path, string name, IEnumerable<string> lines)
    {
        var file = Path.Combine(Repository.Root, path);
        var expected = string.Join('\n', lines) + "\n";
        lock (Gate)
        {
            var document = File.ReadAllText(file);
            var (start, end) = Find(document, path, name);
            if (Environment.GetEnvironmentVariable("EXTGAP_APPROVE") == "1")
            {
                File.WriteAllText(file, document[..start] + expected + document[end..]);
                return;
            }

            Assert.True(expected == document[start..end], $"'{name}' in {path} is not what the product gives. Run this test with EXTGAP_APPROVE=1 and look at:\n{expected}");
        }
    }

    private static (int Start, int End) Find(string document, string path, string name)
    {
        var marker = $"<!-- generated: {name} -->\n";
        var start = document.IndexOf(marker, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{path} has no line {marker}");
        start += marker.Length;
        return (start, document.IndexOf(End, start, StringComparison.Ordinal));
    }
}
