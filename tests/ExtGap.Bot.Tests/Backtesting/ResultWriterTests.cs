using ExtGap.Bot.Backtesting;
using ExtGap.Bot.Projections;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Backtesting;

public sealed class ResultWriterTests : IDisposable
{
    private const int Gaps = 10_000;

    private readonly TempFolder _folder = new();

    [Fact]
    public void Every_gap_is_in_the_file_once_and_in_order()
    {
        using (var gaps = Open(_folder["gaps"]))
        using (var trades = Open(_folder["trades"]))
        using (var writer = new ResultWriter(Symbol.Parse("BTCUSDT"), gaps, trades))
        {
            AddAll(writer);
            writer.Complete();
        }

        Assert.Equal(Enumerable.Range(1, Gaps), File.ReadLines(_folder["gaps"]).Select(line => int.Parse(line.Split(',')[3])));
        Assert.Empty(File.ReadAllBytes(_folder["trades"]));
    }

    [Fact]
    public void Whoever_goes_on_is_told_that_the_disk_is_full()
    {
        using var gaps = Open("/dev/full");
        using var trades = Open(_folder["trades"]);
        using var writer = new ResultWriter(Symbol.Parse("BTCUSDT"), gaps, trades);

        var error = Assert.Throws<BotException>(() =>
        {
            AddAll(writer);
            writer.Complete();
        });

        Assert.Equal(ExitCode.Failure, error.ExitCode);
        Assert.StartsWith("--output: No space left on device", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void AddAll(ResultWriter writer)
    {
        for (var i = 1; i <= Gaps; i++)
        {
            var at = new Instant(i * 60_000L);
            writer.Add(new EngineEvent.GapDetected(new ExternalGap
            {
                Polarity = Polarity.Bullish,
                Level = Price.Parse("100"),
                OpeningBar = at,
                DetectionBar = at,
                SequenceNumber = i,
                IsFirst = i == 1,
                IsReversal = false,
            }), at);
        }
    }

    private static CsvFileWriter Open(string path) => new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0));
}
