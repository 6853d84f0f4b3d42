using System.Globalization;
using BenchmarkDotNet.Attributes;
using ExtGap.KlineFiles;
using ExtGap.Measure.Market;

namespace ExtGap.Benchmarks;

/// <summary>The reading of a kline file from the page cache, one kline an operation.</summary>
public class KlineFiles
{
    private const int Count = 100_000;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"extgap-klines-{Environment.ProcessId}.csv");

    [GlobalSetup]
    public void Write() => File.WriteAllLines(_path, Bars.Walk(Count, step: 20, wick: 20).Select(Line));

    [GlobalCleanup]
    public void Delete() => File.Delete(_path);

    [Benchmark(OperationsPerInvoke = Count)]
    public long Read()
    {
        using var reader = KlineFileReader.Open(_path);
        var sum = 0L;
        while (reader.TryRead(out var kline))
        {
            sum += kline.Candle.Close.Units;
        }

        return sum;
    }

    private static string Line(Bar bar) => string.Create(
        CultureInfo.InvariantCulture,
        $"{bar.OpenTime},{bar.Open / 10m:0.0},{bar.High / 10m:0.0},{bar.Low / 10m:0.0},{bar.Close / 10m:0.0},12.345,{bar.CloseTime},1024635.12345,1000,6.172,512317.56172,0");
}
