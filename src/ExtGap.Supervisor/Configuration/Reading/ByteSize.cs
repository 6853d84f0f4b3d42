using System.Globalization;
using System.Text.RegularExpressions;

namespace ExtGap.Supervisor.Configuration.Reading;

/// <summary>Sizes as users write them: <c>500KB</c>, <c>10MB</c>, <c>1.5GB</c> by thousands, <c>1GiB</c> by 1024.</summary>
internal static partial class ByteSize
{
    /// <summary>What it looks like.</summary>
    public const string Pattern = @"^[0-9]{1,12}(\.[0-9]{1,3})?(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$";

    private static readonly (string Name, decimal Bytes)[] Units =
    [
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1000),
        ("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("B", 1),
    ];

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        if (text.EndsWith('\n') || !Shape().IsMatch(text))
        {
            return false;
        }

        var digits = text.TrimEnd('T', 'G', 'M', 'K', 'i', 'B');
        var exact = decimal.Parse(digits, CultureInfo.InvariantCulture) * Array.Find(Units, unit => unit.Name == text[digits.Length..]).Bytes;
        bytes = exact <= long.MaxValue ? (long)exact : long.MaxValue;
        return true;
    }

    /// <summary>In the largest unit of which it is a whole number.</summary>
    public static string Format(long bytes)
    {
        var (name, unit) = Array.Find(Units, unit => bytes % unit.Bytes == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / unit}{name}");
    }

    [GeneratedRegex(Pattern, RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
