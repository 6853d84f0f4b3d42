using System.IO.Compression;
using System.Text;
using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;
using ExtGap.KlineFiles;

namespace ExtGap.Core.Tests.KlineFiles;

public sealed class KlineFileReaderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public static TheoryData<string, string> GoodFiles => new()
    {
        { "without a header", KlineText.Minutes(0, 1, 2) },
        { "with a header", KlineText.Header + KlineText.Minutes(0, 1, 2) },
        { "with Windows' line ends", (KlineText.Header + KlineText.Minutes(0, 1, 2)).Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "without a last line end", (KlineText.Header + KlineText.Minutes(0, 1, 2)).TrimEnd('\n') },
        { "with empty lines", KlineText.Header + "\n" + KlineText.Minutes(0) + "\n\r\n" + KlineText.Minutes(1, 2) + "\n\n" },
        { "in microseconds", KlineText.Header + string.Concat(Enumerable.Range(0, 3).Select(KlineText.MinuteInMicroseconds)) },
        { "in both units", KlineText.Minute(0) + KlineText.MinuteInMicroseconds(1) + KlineText.Minute(2) },
        { "with repeated lines", KlineText.Minutes(0, 0, 1, 1, 1, 2, 2) },
    };

    [Theory]
    [MemberData(nameof(GoodFiles))]
    public void A_file_is_read_in_every_layout_that_there_is(string layout, string content)
    {
        var minutes = KlineFile.Candles(_folder.Write($"BTCUSDT {layout}.csv", content), out var timeframe);

        Assert.Equal("1m", timeframe.ToString());
        Assert.Equal([0, 1, 2], minutes.Select(candle => (candle.OpenTime.UnixMilliseconds - KlineText.Start) / 60_000));
        Assert.All(minutes, candle => Assert.Equal(59_999, (candle.CloseTime - candle.OpenTime).TotalMilliseconds));
    }

    [Fact]
    public void A_kline_has_everything_that_was_published_of_it()
    {
        using var reader = KlineFileReader.Open(_folder.Write("a.csv", "1735689600000,1.5,4,1.25,3,7.25,1735693199999,70.5,3,4.125,40.25,0\n"));

        Assert.True(reader.TryRead(out var kline));
        var candle = new Candle(
            new(1735689600000), new(1735693199999), Price.Parse("1.5"), Price.Parse("4"), Price.Parse("1.25"), Price.Parse("3"), 7.25m);
        Assert.Equal(new Kline(candle, 70.5m, 3, 4.125m, 40.25m) { PriceDecimals = 2 }, kline);
        Assert.Equal(kline, reader.First);
        Assert.Equal("1h", reader.Timeframe.ToString());
        Assert.Equal("a.csv", reader.Name);
        Assert.False(reader.TryRead(out _));
        Assert.Equal(reader.Length, reader.Position);
    }

    [Theory]
    [InlineData("1d", 1735689600000, 1735775999999)]
    [InlineData("1w", 1735516800000, 1736121599999)]
    [InlineData("1M", 1738368000000, 1740787199999)] // February
    [InlineData("1M", 1733011200000, 1735689599999)] // December
    public void Long_timeframes_are_told_by_their_times(string timeframe, long openTime, long closeTime)
    {
        using var reader = KlineFileReader.Open(_folder.Write("a.csv", $"{openTime},1,1,1,1,0,{closeTime},0,0,0,0,0"));

        Assert.Equal(timeframe, reader.Timeframe.ToString());
    }

    [Fact]
    public void Holes_are_passed_over() =>
        Assert.Equal(3, KlineFile.Candles(_folder.Write("a.csv", KlineText.Minutes(0, 7, 5000))).Count);

    [Fact]
    public void The_archives_zip_is_read_as_it_is()
    {
        var path = Zip(("BTCUSDT-1m-2025-01.csv", KlineText.Header + KlineText.Minutes(0, 1)));

        Assert.Equal(2, KlineFile.Candles(path).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_zip_needs_one_csv(int csvs)
    {
        var path = Zip([("README.txt", "none"), .. Enumerable.Range(0, csvs).Select(i => ($"{i}.csv", KlineText.Minutes(i)))]);

        Assert.Contains($"this one has {csvs}", Fault(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_torn_zip_is_told()
    {
        var whole = File.ReadAllBytes(Zip(("a.csv", string.Concat(Enumerable.Range(0, 2000).Select(i => KlineText.Minute(i))))));
        var path = _folder.PathOf("torn.zip");
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);

        Assert.Contains("torn.zip", Fault(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_file_is_read_to_its_end()
    {
        var path = _folder.Write("a.csv", KlineText.Header + KlineText.Minutes([.. Enumerable.Range(0, 20_000)]));

        Assert.Equal(Enumerable.Range(0, 20_000).Select(KlineText.OpenTime), KlineFile.Candles(path).Select(c => c.OpenTime.UnixMilliseconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData(KlineText.Header)]
    public void A_file_without_a_kline_is_refused(string content) =>
        Assert.Contains("there is no kline in it", Fault(_folder.Write("a.csv", content)), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_a_folder_and_no_path_at_all_are_refused()
    {
        Assert.Contains("missing.csv", Fault(_folder.PathOf("missing.csv")), StringComparison.Ordinal);
        Assert.Contains("can't be read", Fault(_folder.PathOf(".")), StringComparison.Ordinal);
        Assert.Contains("can't be read", Fault(string.Empty), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Fault(string path) => Assert.Throws<KlineFileException>(() => KlineFile.Candles(path)).Message;

    private string Zip(params (string Name, string Content)[] entries)
    {
        var path = _folder.PathOf("BTCUSDT-1m-2025-01.ZIP");
        using var file = File.Create(path);
        using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(content));
        }

        return path;
    }
}
