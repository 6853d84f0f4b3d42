using ExtGap.Core.Market;
using ExtGap.KlineFiles;

namespace ExtGap.Core.Tests.Support;

/// <summary>Whole kline files at once.</summary>
internal static class KlineFile
{
    public static List<Candle> Candles(string path) => Candles(path, out _);

    public static List<Candle> Candles(string path, out Timeframe timeframe)
    {
        using var reader = KlineFileReader.Open(path);
        timeframe = reader.Timeframe;
        var candles = new List<Candle>();
        while (reader.TryRead(out var kline))
        {
            candles.Add(kline.Candle);
        }

        return candles;
    }
}
