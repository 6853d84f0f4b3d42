using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ExtGap.Exchange.Streams;

namespace ExtGap.Exchange.Faults;

/// <summary>Makes frames of no sense, one kind after the other, out of a good one.</summary>
internal sealed partial class Garbage
{
    private const int HugeBytes = 200_000;
    private const byte Binary = 0x82;

    private static readonly Func<string, string>[] Kinds =
    [
        _ => "this is not JSON",
        good => good[..(good.Length / 2)],
        good => good.Replace("\"t\":", "\"tt\":", StringComparison.Ordinal),
        good => MissingPrices().Replace(good, string.Empty),
        good => WithPrices(good, "0"),
        good => WithPrices(good, "-1.5"),
        good => WithPrices(good, "79228162514264337593543950336000"),
        good => WithPrices(good, "NaN"),
        SwapHighAndLow,
        good => Symbol().Replace(good, "\"s\":\"WRONGUSDT\""),
        good => OpenTime().Replace(good, "\"t\":\"yesterday\""),
        good => OpenTime().Replace(good, "\"t\":-1"),
        _ => "[1,2,3]",
        _ => "null",
        _ => "{}",
        _ => string.Empty,
        _ => new string('[', 5_000),
        _ => string.Create(CultureInfo.InvariantCulture, $"{{\"e\":\"kline\",\"x\":\"{new string('x', HugeBytes)}\"}}"),
    ];

    private int _next;

    /// <summary>The next frame of no sense.</summary>
    public SavedFrame Next(SavedFrame good)
    {
        var kind = _next++ % (Kinds.Length + 1);
        return new(Make(kind, good.Combined), Make(kind, good.Raw));
    }

    private static byte[] Make(int kind, byte[] frame)
    {
        if (kind == Kinds.Length)
        {
            var binary = (byte[])frame.Clone();
            binary[0] = Binary;
            return binary;
        }

        return WebSocketFrame.Of(Encoding.UTF8.GetBytes(Kinds[kind](WebSocketFrame.TextOf(frame))));
    }

    private static string WithPrices(string good, string price) => Price().Replace(good, $"\"${{name}}\":\"{price}\"");

    private static string SwapHighAndLow(string good)
    {
        var match = HighAndLow().Match(good);
        return HighAndLow().Replace(good, $"\"h\":\"0.00000001\",\"l\":\"{match.Groups["high"].Value}\"");
    }

    [GeneratedRegex("\"(?<name>[ohlc])\":\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Price();

    [GeneratedRegex("\"[ohlc]\":\"[^\"]*\",", RegexOptions.None, 1000)]
    private static partial Regex MissingPrices();

    [GeneratedRegex("\"h\":\"(?<high>[^\"]*)\",\"l\":\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex HighAndLow();

    [GeneratedRegex("\"s\":\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Symbol();

    [GeneratedRegex("\"t\":[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex OpenTime();
}
