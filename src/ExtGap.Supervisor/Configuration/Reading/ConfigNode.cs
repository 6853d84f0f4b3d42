using ExtGap.Shared;

namespace ExtGap.Supervisor.Configuration.Reading;

/// <summary>A value of a JSON file that knows its line.</summary>
internal abstract record ConfigNode
{
    private ConfigNode(int line)
    {
        Line = line;
    }

    /// <summary>Where it begins, from 1.</summary>
    public int Line { get; }

    /// <summary>How a message shows it.</summary>
    public string Shown => this switch
    {
        Object => "an object",
        Array => "an array",
        Text text => $"'{ShownText.Of(text.Value)}'",
        Number number => ShownText.Of(number.Written),
        Switch { Value: true } => "true",
        Switch => "false",
        _ => "null",
    };

    /// <param name="Line">Where it begins.</param>
    /// <param name="Members">In the order of the file; a key may be there twice.</param>
    internal sealed record Object(int Line, IReadOnlyList<ConfigMember> Members) : ConfigNode(Line);

    internal sealed record Array(int Line, IReadOnlyList<ConfigNode> Items) : ConfigNode(Line);

    internal sealed record Text(int Line, string Value) : ConfigNode(Line);

    /// <param name="Line">Where it begins.</param>
    /// <param name="Written">As it is in the file.</param>
    internal sealed record Number(int Line, string Written) : ConfigNode(Line);

    internal sealed record Switch(int Line, bool Value) : ConfigNode(Line);

    internal sealed record Null(int Line) : ConfigNode(Line);
}

/// <param name="Key">Its name.</param>
/// <param name="Line">Where the key is.</param>
/// <param name="Value">What it has.</param>
internal sealed record ConfigMember(string Key, int Line, ConfigNode Value);

/// <summary>Text of a file in a message: on one line, not too long, and without a token that was put in the wrong place.</summary>
internal static class ShownText
{
    private const int Longest = 60;

    public static string Of(string text)
    {
        text = TokenText.Hide(text);
        var line = string.Concat(text.Take(Longest).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return text.Length > Longest ? line + "…" : line;
    }
}
