using System.Diagnostics.CodeAnalysis;

namespace ExtGap.Core.Market;

/// <summary>The exchange's name of a contract, such as <c>BTCUSDT</c>, in capitals.</summary>
public readonly record struct Symbol
{
    private const int MaxLength = 30;

    private readonly string? _name;

    private Symbol(string name) => _name = name;

    private string Name => _name ?? throw new InvalidOperationException("A symbol without a name.");

    /// <summary>The name in stream and file names.</summary>
    public string LowerCase => Name.ToLowerInvariant();

    /// <summary>Reads a symbol in any case: letters, digits and underscores, at most 30 of them.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Symbol symbol)
    {
        var possible = text is { Length: > 0 and <= MaxLength } && text.All(c => char.IsLetterOrDigit(c) || c == '_');
        symbol = possible ? new(text!.ToUpperInvariant()) : default;
        return possible;
    }

    /// <summary>Reads a symbol; see <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text can't be a symbol.</exception>
    public static Symbol Parse(string text) => TryParse(text, out var symbol)
        ? symbol
        : throw new FormatException($"'{text}' is not a symbol: letters, digits and underscores are needed, at most {MaxLength}, such as BTCUSDT.");

    /// <summary>The name in capitals.</summary>
    public override string ToString() => Name;
}
