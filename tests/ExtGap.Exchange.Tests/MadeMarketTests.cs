using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Exchange.Markets;
using ExtGap.Exchange.Tests.Support;
using Xunit;

namespace ExtGap.Exchange.Tests;

public sealed class MadeMarketTests
{
    private const int Days = 28;
    private static readonly Instant Start = new(SampleKlines.Start);

    // Of two real months (AVAXUSDT, February 2023; NEARUSDT, February 2024) 45 to 47 % of the candles of 1m are gaps, 45 to 46 % of 3m,
    // 43 % of 15m and 41 % of 1h; 10 to 13 % of all are reversals.
    [Theory]
    [InlineData("BTCUSDT", "1m")]
    [InlineData("BTCUSDT", "3m")]
    [InlineData("BTCUSDT", "15m")]
    [InlineData("BTCUSDT", "1h")]
    [InlineData("ETHUSDT", "3m")]
    [InlineData("AVAXUSDT", "1m")]
    [InlineData("AVAXUSDT", "3m")]
    [InlineData("SOMEUSDT", "3m")]
    public void Gaps_come_at_about_the_rate_of_real_ones(string symbol, string timeframe)
    {
        var (candles, gaps, reversals) = CountGaps(MadeBars.Of(Symbol.Parse(symbol), 1, Start), Timeframe.Parse(timeframe));
        TestContext.Current.TestOutputHelper?.WriteLine($"{symbol} {timeframe}: {(double)gaps / candles:P1} gaps, {(double)reversals / candles:P1} reversals");
        Assert.InRange((double)gaps / candles, 0.37, 0.52);
        Assert.InRange((double)reversals / candles, 0.07, 0.16);
    }

    [Fact]
    public void A_bar_depends_on_seed_symbol_and_time_alone()
    {
        var one = MadeBars.Of(Symbol.Parse("BTCUSDT"), 7, Start);
        var other = MadeBars.Of(Symbol.Parse("BTCUSDT"), 7, Start + TimeSpan.FromDays(200));
        for (var time = other.FirstOpenTime + (150 * 86_400_000L); time > other.FirstOpenTime; time -= 7_200_000)
        {
            Assert.True(one.TryFindFrom(time, out var bar) && other.TryFindUpTo(time + 59_999, out var same) && bar == same);
        }

        Assert.NotEqual(First(one), First(MadeBars.Of(Symbol.Parse("BTCUSDT"), 8, Start)));
        Assert.NotEqual(First(one).FirstTradeId, First(MadeBars.Of(Symbol.Parse("ETHUSDT"), 7, Start)).FirstTradeId);
    }

    [Fact]
    public void Bars_are_whole_follow_one_another_and_stay_plausible()
    {
        var bars = MadeBars.Of(Symbol.Parse("BTCUSDT"), 1, Start);
        var time = bars.FirstOpenTime;
        Bar? before = null;
        for (var i = 0; i < 200 * 1440; i++, time += 60_000)
        {
            Assert.True(bars.TryFindFrom(time, out var bar));
            Assert.Equal(time, bar.OpenTime);
            Assert.True(bar.Low <= Math.Min(bar.Open, bar.Close) && Math.Max(bar.Open, bar.Close) <= bar.High);
            Assert.InRange(bar.Low, 2_500_000, 16_000_000);
            Assert.True(bar.TakerVolume <= bar.Volume && bar.Volume > 0 && bar.Open % 10 == 0);
            Assert.Equal((before?.LastTradeId ?? (bar.FirstTradeId - 1)) + 1, bar.FirstTradeId);
            before = bar;
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task Its_history_reaches_back_for_days_and_its_stream_and_REST_agree()
    {
        await using var server = await ExchangeServer.StartAsync(
            TestExchange.OnAnyPort with { Speed = double.PositiveInfinity, UpdateInterval = TimeSpan.FromSeconds(30), Symbols = [Symbol.Parse("TESTUSDT")], Start = Start },
            cancellationToken: TestContext.Current.CancellationToken);
        var history = await TestExchange.KlinesAsync(server, "1h", $"&limit=1500&startTime={Start.UnixMilliseconds - (30 * 86_400_000L)}");
        Assert.Equal(721, history.Count);
        using var client = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_15m");
        var closes = new List<string?>();
        while (closes.Count < 50)
        {
            var candle = (await client.ReceiveAsync()).GetProperty("k");
            if (candle.GetProperty("x").GetBoolean() && candle.GetProperty("t").GetInt64() >= Start.UnixMilliseconds)
            {
                closes.Add(candle.GetProperty("c").GetString());
            }
        }

        var rows = await TestExchange.KlinesAsync(server, "15m", $"&startTime={Start.UnixMilliseconds}&limit=50");
        Assert.Equal(closes, rows.Select(row => row[4].GetString()), StringComparer.Ordinal);
    }

    private static Bar First(MadeBars bars) => bars.TryFindFrom(0, out var bar) ? bar : default;

    private static (int Candles, int Gaps, int Reversals) CountGaps(MadeBars bars, Timeframe timeframe)
    {
        var reader = new CandleReader(bars, timeframe);
        var detector = GapDetector.Create(GapAlgorithm.Group);
        var (candles, gaps, reversals) = (0, 0, 0);
        Polarity? last = null;
        var end = (Start + TimeSpan.FromDays(Days)).UnixMilliseconds;
        for (var time = Start.UnixMilliseconds; time < end && bars.TryFindFrom(time, out var first); time = reader.EndOf(time), candles++)
        {
            var bar = reader.Read(first, long.MaxValue);
            var openTime = new Instant(bar.OpenTime);
            var candle = new Candle(
                openTime, timeframe.CloseTimeOf(openTime), Price.FromUnits(bar.Open), Price.FromUnits(bar.High), Price.FromUnits(bar.Low), Price.FromUnits(bar.Close), bar.Volume);
            if (detector.TryDetect(candle, out var found))
            {
                gaps++;
                reversals += last is { } polarity && polarity != found.Polarity ? 1 : 0;
                last = found.Polarity;
            }
        }

        return (candles, gaps, reversals);
    }
}
