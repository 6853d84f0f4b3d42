using System.Text;
using System.Text.Json;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Feed;

public sealed class ParserFuzzTests
{
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\u006b", "\\ud800", "null", "true", "-1", "0", "1e5", "9223372036854775807", "99999999999999999999", "\"k\":", "\"o\":\"0\"", "\"t\":-1", "\"s\":\"X\"", "\"E\":0", "\u00e9", "\0"];

    [Fact]
    public void No_mutation_of_a_frame_throws_or_gives_an_inconsistent_candle()
    {
        foreach (var timeframe in new[] { "1m", "1M" })
        {
            var parser = Frames.Parser(timeframe);
            var random = new Random(20_260_131);
            var seeds = new[] { Frames.Raw, Frames.Combined, Frames.Minute(3, isClosed: true), Frames.Documented }
                .Select(text => Encoding.UTF8.GetBytes(text.Replace("\"i\":\"1m\"", $"\"i\":\"{timeframe}\"", StringComparison.Ordinal))).ToArray();
            var klines = 0;
            for (var i = 0; i < 120_000; i++)
            {
                var message = Mutate(random, seeds[random.Next(seeds.Length)], seeds);
                if (parser.Parse(message, out var frame, out var fault) != FrameKind.Kline)
                {
                    continue;
                }

                klines++;
                var text = Encoding.UTF8.GetString(message);
                Assert.True(fault is null && frame.Candle.IsConsistent && frame.Candle.Low.Units > 0 && frame.TradeCount >= 0 && frame.Candle.Volume >= 0, text);
                Assert.True(frame.SymbolIndex is 0 or 1, text);
                Assert.True(frame.Candle.CloseTime == Timeframe.Parse(timeframe).CloseTimeOf(frame.Candle.OpenTime), text);
                Assert.True(frame.EventTime >= frame.Candle.OpenTime && frame.EventTime <= Instant.Max, text);
            }

            Assert.True(klines > (timeframe == "1m" ? 1000 : -1), $"Only {klines} mutations were klines: the fuzzing shows nothing.");
        }
    }

    [Fact]
    public void No_mutation_of_REST_rows_throws_unexpectedly_or_gives_rows_out_of_order()
    {
        var random = new Random(7);
        var minute = Timeframe.Parse("1m");
        var seeds = new[] { $"[{Frames.Row(0)},{Frames.Row(1)},{Frames.Row(3)}]", "[]", $"[{Frames.Row(5)}]" }.Select(Encoding.UTF8.GetBytes).ToArray();
        var read = 0;
        for (var i = 0; i < 60_000; i++)
        {
            var message = Mutate(random, seeds[random.Next(seeds.Length)], seeds);
            try
            {
                var candles = RestKlines.Parse(message, minute);
                read++;
                var text = Encoding.UTF8.GetString(message);
                Assert.True(candles.TrueForAll(candle => candle.IsConsistent && candle.Low.Units > 0 && candle.CloseTime == minute.CloseTimeOf(candle.OpenTime)), text);
                Assert.True(candles.Zip(candles.Skip(1)).All(pair => pair.First.OpenTime < pair.Second.OpenTime), text);
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
            {
                // These are what it says that it throws.
            }
        }

        Assert.True(read > 1000, $"Only {read} mutations were rows: the fuzzing shows nothing.");
    }

    [Fact]
    public void An_update_of_a_candle_costs_no_memory()
    {
        var parser = Frames.Parser();
        var message = Encoding.UTF8.GetBytes(Frames.Combined);
        for (var i = 0; i < 1000; i++)
        {
            parser.Parse(message, out _, out _);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            parser.Parse(message, out _, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static byte[] Mutate(Random random, byte[] seed, byte[][] seeds)
    {
        var bytes = seed.ToList();
        for (var i = random.Next(1, 4); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] = (byte)('0' + random.Next(10));
                    break;
                case 2:
                    bytes.RemoveRange(at, random.Next(Math.Min(20, bytes.Count - at)));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, random.Next(bytes.Count - at)));
                    break;
                case 5:
                    var other = seeds[random.Next(seeds.Length)];
                    var from = random.Next(other.Length);
                    bytes.InsertRange(at, other[from..random.Next(from, other.Length)]);
                    break;
                default:
                    DoubleAField(random, bytes);
                    break;
            }
        }

        return [.. bytes];
    }

    // A field with another field's value, in front of it: the likeliest way to mix what does not belong together.
    private static void DoubleAField(Random random, List<byte> bytes)
    {
        var commas = Enumerable.Range(0, bytes.Count).Where(i => bytes[i] == ',').ToList();
        if (commas.Count > 2)
        {
            var piece = Pieces[random.Next(Pieces.Length - 7, Pieces.Length - 2)];
            bytes.InsertRange(commas[random.Next(commas.Count)], Encoding.UTF8.GetBytes("," + piece));
        }
    }
}
