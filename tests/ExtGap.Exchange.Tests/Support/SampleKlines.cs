using System.Globalization;
using System.Text;

namespace ExtGap.Exchange.Tests.Support;

/// <summary>A small kline file in a folder of its own, which goes with it.</summary>
internal sealed class SampleKlines : IDisposable
{
    public const long Start = 1_735_689_600_000; // 2025-01-01T00:00Z, a Wednesday

    private readonly string _folder = Directory.CreateTempSubdirectory("extgap-klines-").FullName;

    private SampleKlines(string content, string name)
    {
        Path = System.IO.Path.Combine(_folder, name);
        File.WriteAllText(Path, content);
    }

    public string Path { get; }

    /// <summary>Minutes from the start, but for those left out; tick 0.10, written with two decimals.</summary>
    public static SampleKlines Minutes(int count, Func<int, bool>? isHole = null, string name = "TESTUSDT-1m-2025-01.csv")
    {
        var text = new StringBuilder("open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n");
        for (var i = 0; i < count; i++)
        {
            if (isHole?.Invoke(i) != true)
            {
                text.Append(Line(i)).Append('\n');
            }
        }

        return new(text.ToString(), name);
    }

    public static SampleKlines Of(string content, string name) => new(content, name);

    /// <summary>The kline of a minute, which depends on its number alone; every seventh has no trade.</summary>
    public static string Line(int minute)
    {
        var open = 1000 + (minute * 37 % 101);
        var close = 1000 + ((minute + 1) * 37 % 101);
        var quiet = minute % 7 == 3;
        var trades = quiet ? 0 : 20 + (minute % 13);
        var high = Math.Max(open, close) + (minute % 5);
        var low = Math.Min(open, close) - (minute % 3);
        if (quiet)
        {
            close = high = low = open;
        }

        var time = Start + (minute * 60_000L);
        var volume = trades * 1.5m;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{time},{open / 10m:F2},{high / 10m:F2},{low / 10m:F2},{close / 10m:F2},{volume:F3},{time + 59_999},{volume * open / 10m:F4},{trades},{volume / 2:F3},{volume * open / 20m:F4},0");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
