using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests.Documentation;

/// <summary>A fenced block of a document.</summary>
/// <param name="Document">Path from the repository's root.</param>
/// <param name="Line">Of its first line, from 1.</param>
/// <param name="Language">What stands behind the fence.</param>
/// <param name="Lines">What is in it.</param>
public sealed record FencedBlock(string Document, int Line, string Language, IReadOnlyList<string> Lines)
{
    private const string Fence = "```";

    public string Text => string.Join('\n', Lines);

    /// <summary>README.md and everything in docs/.</summary>
    public static IReadOnlyList<string> Documents { get; } =
        ["README.md", .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(path => $"docs/{Path.GetFileName(path)}").Order(StringComparer.Ordinal)];

    /// <summary>The blocks of all documents, in order.</summary>
    public static IEnumerable<FencedBlock> All(string language) => Documents.SelectMany(Of).Where(block => block.Language == language);

    /// <summary>The blocks of a document, in order.</summary>
    public static IEnumerable<FencedBlock> Of(string document)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, document));
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                var content = lines.Skip(i + 1).TakeWhile(line => line != Fence).ToList();
                yield return new(document, i + 2, lines[i][Fence.Length..].Trim(), content);
                i += content.Count + 1;
            }
        }
    }

    /// <summary>What a document has outside of its blocks, with the lines' numbers.</summary>
    public static IEnumerable<(int Number, string Text)> LinesOutside(string document)
    {
        var inside = false;
        foreach (var (i, line) in File.ReadLines(Path.Combine(Repository.Root, document)).Index())
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                inside = !inside;
            }
            else if (!inside)
            {
                yield return (i + 1, line);
            }
        }
    }

    public override string ToString() => $"{Document}:{Line}";
}
