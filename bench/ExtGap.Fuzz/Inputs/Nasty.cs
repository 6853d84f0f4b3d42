using System.Text;

namespace ExtGap.Fuzz.Inputs;

/// <summary>Values that parsers are known to stumble over.</summary>
internal static class Nasty
{
    public static IReadOnlyList<byte[]> Numbers { get; } = Utf8(
        "0", "-0", "-1", "1", "+1", "00", "01", "0.", ".5", "1.", "1..2", "0.0", "0.00000001", "0.000000001", "1e3", "1E-400", "1e999", "-1e-8", "NaN", "Infinity", "0x10",
        "127", "255", "256", "32768", "65535", "65536", "2147483647", "2147483648", "-2147483648", "4294967296", "9007199254740993",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615", "18446744073709551616",
        "92233720368.54775807", "92233720368.54775808", "99999999999999999999999999999999999999", "0.0000000000000000000000000000", "0.00000000000000000000000000001",
        "79228162514264337593543950335", "79228162514264337593543950336", "253402300799999", "253402300800000", "251402300799999", "-62135596800001",
        "1e18446744073709551616", "1,5", "1 000", "１２", "٣", "1638747660000", "1638747660000000");

    public static IReadOnlyList<byte[]> Texts { get; } = Utf8(
        "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"😀\"", "\"é\"", "\"\\\"\"", "\"\\", "null", "true", "false", "{}", "[]", "[null]", "{\"\":{}}",
        "\"/\"", "\"../../..\"", "\"\\n\"", "\"%n%s{0}\"", "\"<b>\"", "\"0\"", "\"-1\"", "\"1e5\"", "\"NULL\"", "\"a\\u0062c\"");

    public static IReadOnlyList<byte[]> Bytes { get; } =
    [
        [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80], [0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0xFF, 0xFE],
        [(byte)'\n'], [(byte)'\r'], [(byte)'\r', (byte)'\n'], [0x0B], [0x0C], [0x85], [0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xC2, 0xA0], [(byte)'\t'], [0x1B, (byte)'['], [0x7F],
        [(byte)'"'], [(byte)'\''], [(byte)'\\'], [(byte)','], [(byte)':'], [(byte)'='], [(byte)'#'], [(byte)'{'], [(byte)'}'], [(byte)'['], [(byte)']'], [(byte)'.'], [(byte)'/', (byte)'*'], [(byte)'/', (byte)'/'],
    ];

    /// <summary>What opens a level of something.</summary>
    public static IReadOnlyList<byte[]> Openers { get; } = Utf8("[", "{\"a\":", "{\"k\":", "[[", "{\"data\":[", "\"", "'", "${A}");

    /// <summary>How long a repetition can be: around the sizes of stacks, buffers and limits.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [2, 8, 31, 32, 33, 63, 64, 65, 100, 127, 255, 256, 1000, 1024, 4096];

    /// <summary>The same, rarely: they cost time.</summary>
    public static IReadOnlyList<int> RareLengths { get; } = [8191, 16_384, 16_385, 65_535, 65_537, 100_000];

    private static List<byte[]> Utf8(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
