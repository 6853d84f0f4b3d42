using ExtGap.Core.Tests.Support;
using ExtGap.KlineFiles;

namespace ExtGap.Core.Tests.KlineFiles;

public sealed class KlineFileSequenceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public void Files_come_in_time_order_whatever_their_own()
    {
        var paths = new[] { File("c", 6, 7), File("a", 0, 1, 2), File("b", 3, 5) };

        Assert.Equal([0, 1, 2, 3, 5, 6, 7], Minutes(paths));
    }

    [Fact]
    public void Where_files_overlap_each_kline_comes_once()
    {
        Assert.Equal([0, 1, 2, 3, 4, 5], Minutes(File("a", 0, 1, 2, 3), File("b", 2, 3, 4, 5), File("c", 2, 3)));
        Assert.Equal([0, 1, 2], Minutes(File("a", 0, 1, 2), File("b", 0, 1, 2)));
    }

    [Fact]
    public void One_file_fills_the_holes_of_another()
    {
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], Minutes(File("a", 0, 1, 5, 6), File("b", 2, 3, 4)));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], Minutes(File("even", 0, 2, 4, 6), File("odd", 1, 3, 5, 7)));
    }

    [Fact]
    public void It_tells_its_timeframe_its_first_kline_and_how_far_it_is()
    {
        using var files = KlineFileSequence.Open([File("b", 3, 4), File("a", 0, 1)]);
        Assert.Equal("1m", files.Timeframe.ToString());
        Assert.Equal(KlineText.Start, files.First.Candle.OpenTime.UnixMilliseconds);

        var progress = files.Progress;
        while (files.TryRead(out _))
        {
            Assert.InRange(files.Progress, progress, 1);
            progress = files.Progress;
        }

        Assert.Equal(1, files.Progress);
        Assert.False(files.TryRead(out _));
    }

    [Fact]
    public void Files_of_two_timeframes_are_refused_by_name()
    {
        var hour = _folder.Write("hour.csv", "1735689600000,1,1,1,1,0,1735693199999,0,0,0,0,0");

        var message = Assert.Throws<KlineFileException>(() => KlineFileSequence.Open([File("a", 5), hour])).Message;

        Assert.Contains("hour.csv", message, StringComparison.Ordinal);
        Assert.Contains("a.csv", message, StringComparison.Ordinal);
        Assert.Contains("1h", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_leaves_no_file_open()
    {
        var good = File("a", 0);
        Assert.Throws<KlineFileException>(() => KlineFileSequence.Open([good, _folder.PathOf("missing.csv")]));

        using var exclusive = new FileStream(good, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public void A_bad_line_is_told_with_the_file_that_has_it()
    {
        var bad = _folder.Write("bad.csv", KlineText.Minutes(2, 3) + "garbage\n");

        var message = Assert.Throws<KlineFileException>(() => Minutes(File("a", 0, 1), bad)).Message;

        Assert.StartsWith($"{bad}, line 3: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_is_a_mistake_of_the_caller() => Assert.Throws<ArgumentException>(() => KlineFileSequence.Open([]));

    public void Dispose() => _folder.Dispose();

    private string File(string name, params int[] minutes) => _folder.Write($"{name}.csv", KlineText.Minutes(minutes));

    private static List<long> Minutes(params string[] paths)
    {
        using var files = KlineFileSequence.Open(paths);
        var minutes = new List<long>();
        while (files.TryRead(out var kline))
        {
            minutes.Add((kline.Candle.OpenTime.UnixMilliseconds - KlineText.Start) / 60_000);
        }

        return minutes;
    }
}
