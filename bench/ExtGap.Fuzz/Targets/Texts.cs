using System.Text;

namespace ExtGap.Fuzz.Targets;

/// <summary>Bytes of texts, for the targets' corpora and words.</summary>
internal static class Texts
{
    public static List<byte[]> Utf8(params IEnumerable<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Keys of JSON, in their quotes.</summary>
    public static List<byte[]> Quoted(params IEnumerable<string> texts) => Utf8(texts.Select(text => $"\"{text}\""));
}
