using System.IO.Compression;
using System.Text;
using ExtGap.Core.Tests.Support;
using ExtGap.KlineFiles;

namespace ExtGap.Core.Tests.KlineFiles;

/// <summary>Seeded, so that what fails once fails again.</summary>
public sealed class KlineFuzzTests : IDisposable
{
    private static readonly byte[][] Originals =
    [
        .. new[]
        {
            KlineText.Header + KlineText.Minutes(0, 1, 2, 5),
            KlineText.MinuteInMicroseconds(0) + KlineText.MinuteInMicroseconds(1),
            "1704067200000,1.5,4,1.25,3,7.25,1706745599999,70.5,3,4.1,40.2,0\n1706745600000,1.5,4,1.25,3,7.25,1709251199999,70.5,3,4.1,40.2,0\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private readonly TestFolder _folder = new();

    [Fact]
    public void A_damaged_line_is_a_kline_or_a_fault_and_never_anything_else()
    {
        var original = Encoding.UTF8.GetBytes(KlineText.Minute(0, "10.25").TrimEnd('\n'));
        var mutator = new Mutator(seed: 1);
        var klines = 0;
        for (var i = 0; i < 200_000; i++)
        {
            if (KlineLine.Parse(mutator.Mutate(original), out var kline) is { } fault)
            {
                Assert.NotEmpty(fault);
            }
            else
            {
                klines++;
                Assert.True(kline.Candle.IsConsistent && kline.Candle.Low.Units > 0 && kline.TradeCount >= 0);
            }
        }

        Assert.InRange(klines, 1_000, 199_000);
    }

    [Theory]
    [InlineData("a.csv", 6_000)]
    [InlineData("a.zip", 6_000)]
    public void A_damaged_file_gives_klines_in_order_or_a_fault_that_names_it(string name, int times)
    {
        var mutator = new Mutator(seed: 2);
        var path = _folder.PathOf(name);
        var zips = name.EndsWith(".zip", StringComparison.Ordinal);
        var originals = zips ? [.. Originals.Select(Zipped)] : Originals;
        for (var i = 0; i < times; i++)
        {
            File.WriteAllBytes(path, mutator.Mutate(originals[i % originals.Length]));
            try
            {
                var candles = KlineFile.Candles(path);
                Assert.All(candles.Zip(candles.Skip(1)), pair => Assert.True(pair.First.OpenTime < pair.Second.OpenTime));
            }
            catch (KlineFileException e)
            {
                Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Zipped(byte[] content)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry("a.csv").Open();
            entry.Write(content);
        }

        return file.ToArray();
    }
}
