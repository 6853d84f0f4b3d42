using System.Text;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Feed;

/// <summary>Finds the number of a contract by its name in a frame, without a string for it.</summary>
internal sealed class SymbolTable
{
    private const int MaxNameLength = 64;

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numbers;

    public SymbolTable(IEnumerable<Symbol> symbols)
    {
        var numbers = symbols.Select((symbol, number) => (Name: symbol.ToString(), number)).ToDictionary(s => s.Name, s => s.number, StringComparer.Ordinal);
        _numbers = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public bool TryFind(ReadOnlySpan<byte> name, out int number)
    {
        number = -1;
        Span<char> text = stackalloc char[MaxNameLength];
        return name.Length <= MaxNameLength && Encoding.UTF8.TryGetChars(name, text, out var length) && _numbers.TryGetValue(text[..length], out number);
    }
}
