using System.Globalization;
using System.Text;
using ExtGap.Bot.Backtesting;
using ExtGap.Bot.Tests.Support;
using ExtGap.KlineFiles;

namespace ExtGap.Bot.Tests.Backtesting;

public sealed class CandleReadAheadTests : IDisposable
{
    private const int Klines = 60_000;
    private const long Minute = 60_000;

    private readonly TempFolder _folder = new();

    [Fact(Timeout = 30_000)]
    public Task Every_candle_comes_once_in_order_and_a_fault_after_all_those_before_it()
    {
        using var klines = Open(end: "nonsense\n");
        using var ahead = new CandleReadAhead(klines, TestContext.Current.CancellationToken);
        var next = 0L;
        var fault = Assert.Throws<KlineFileException>(() =>
        {
            while (ahead.TryRead(out var candles, out _))
            {
                foreach (var candle in candles)
                {
                    Assert.Equal(next, candle.OpenTime.UnixMilliseconds);
                    next += Minute;
                }
            }
        });

        Assert.Equal(Klines * Minute, next);
        Assert.Contains($"line {Klines + 1}", fault.Message, StringComparison.Ordinal);
        return Task.CompletedTask;
    }

    [Fact(Timeout = 30_000)]
    public Task Whoever_wants_no_more_need_not_read_to_the_end()
    {
        using var klines = Open(end: string.Empty);
        using (var ahead = new CandleReadAhead(klines, TestContext.Current.CancellationToken))
        {
            Assert.True(ahead.TryRead(out var candles, out var progress));
            Assert.True(candles.Length < Klines && progress < 1);
        }

        Assert.True(klines.TryRead(out _)); // Nobody reads any more, and the file is not at its end.
        return Task.CompletedTask;
    }

    public void Dispose() => _folder.Dispose();

    private KlineFileSequence Open(string end)
    {
        var text = new StringBuilder();
        for (var i = 0L; i < Klines; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i * Minute},2,3,1,2,5,{((i + 1) * Minute) - 1},10,1,1,2,0\n");
        }

        File.WriteAllText(_folder["TESTUSDT-1m.csv"], text.Append(end).ToString());
        return KlineFileSequence.Open([_folder["TESTUSDT-1m.csv"]]);
    }
}
