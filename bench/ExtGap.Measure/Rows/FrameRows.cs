using System.Diagnostics;
using ExtGap.Measure.Market;
using ExtGap.Measure.Processes;
using ExtGap.Measure.Rounds;

namespace ExtGap.Measure.Rows;

/// <summary>The rows of how fast frames go through a bot. What is sent is made before, and the end is what the bot itself tells of the last candle.</summary>
internal sealed class FrameRows(Options options)
{
    private const int Messages = 100;
    private const int OpenFrames = 2_000_000;
    private const int ClosedFrames = 200_000;
    private const int BlockFrames = 150;

    // A chat takes one message a second, and a bot keeps to it: a gap at any faster pace would measure that.
    private static readonly TimeSpan BetweenGaps = TimeSpan.FromMilliseconds(1100);

    private static readonly TimeSpan MessageTime = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public IEnumerable<Row> All() =>
    [
        new("latency", "closed-candle frame sent → Telegram request come", [new("p50", "ms", 0.7), new("p99", "ms", 2)], Contenders(LatencyAsync)),
        new("frames", "frames of open candles through one bot", [new(string.Empty, "/s", 500_000, IsRate: true)], [.. Contenders(OpenFramesAsync), new("bare loop", BareLoopAsync)]),
        new("candles", "closed candles through one bot, gaps and messages in them", [new(string.Empty, "/s", 20_000, IsRate: true)], Contenders(ClosedFramesAsync)),
    ];

    private List<Contender> Contenders(Func<BotProgram, Workplace, CancellationToken, Task<double[]>> measure) => [.. BotProgram.All(options).Select(bot => new Contender(bot.Name, async (workplace, cancellationToken) =>
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        return await measure(bot, workplace, patience.Token);
    }))];

    private static async Task<double[]> LatencyAsync(BotProgram program, Workplace workplace, CancellationToken cancellationToken)
    {
        await using var market = new StandIn();
        await using var bot = program.Start(market.Authority, workplace.Directory, "1m");
        var stream = await market.StreamAsync(cancellationToken);
        await bot.SaysAsync("Connected", cancellationToken);

        // A thread that sleeps and then sends leaves no work behind for others, who would need a processor just when the bot does.
        var times = await Task.Factory.StartNew(() => SendGaps(market, stream, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        times.Sort();
        return [times[Messages / 2], times[(Messages * 99 / 100) - 1]];
    }

    private static List<double> SendGaps(StandIn market, StreamConnection stream, CancellationToken cancellationToken)
    {
        // The first gap, and the entry that follows it: more than one message.
        var next = 0L;
        for (; next < 3; next++)
        {
            cancellationToken.WaitHandle.WaitOne(2 * BetweenGaps);
            stream.Send(Frames.Closed(Bars.Rising(next)));
        }

        cancellationToken.WaitHandle.WaitOne(3 * BetweenGaps);
        market.ForgetMessages();
        var times = new List<double>();
        for (; times.Count < Messages; next++)
        {
            stream.Send(Frames.Open(Bars.Rising(next)));
            cancellationToken.WaitHandle.WaitOne(BetweenGaps);
            var frame = Frames.Closed(Bars.Rising(next));
            var sent = Stopwatch.GetTimestamp();
            stream.Send(frame);

            // Asleep: who waits for a message itself looks for it again and again first.
            cancellationToken.WaitHandle.WaitOne(MessageTime);
            var message = market.Message(cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(sent, message.Timestamp).TotalMilliseconds);
        }

        return times;
    }

    private static async Task<double[]> OpenFramesAsync(BotProgram program, Workplace workplace, CancellationToken cancellationToken)
    {
        await using var market = new StandIn();
        await using var bot = program.Start(market.Authority, workplace.Directory, "1m");
        return await SendOpenAsync(market, bot, OpenFrames / program.Pace, cancellationToken);
    }

    private static async Task<double[]> BareLoopAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        await using var market = new StandIn();
        await using var loop = Started.Run(Environment.ProcessPath!, ["scan", $"ws://{market.Authority}/", BotProgram.GapAt(Bars.Jump(1))], workplace.Directory);
        return await SendOpenAsync(market, loop, OpenFrames, cancellationToken);
    }

    private static async Task<double[]> SendOpenAsync(StandIn market, Started bot, int count, CancellationToken cancellationToken)
    {
        var block = Enumerable.Repeat(Frames.Open(Bars.Still(0)), BlockFrames).SelectMany(frame => frame).ToArray();
        var stream = await market.StreamAsync(cancellationToken);
        await bot.SaysAsync("Connected", cancellationToken);
        var said = bot.SaysAsync(BotProgram.GapAt(Bars.Jump(1)), cancellationToken);
        var began = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < count; sent += BlockFrames)
        {
            stream.Send(block);
        }

        stream.Send(Frames.Closed(Bars.Still(0)));
        stream.Send(Frames.Closed(Bars.Jump(1)));
        return [count / Stopwatch.GetElapsedTime(began, await said).TotalSeconds];
    }

    private static async Task<double[]> ClosedFramesAsync(BotProgram program, Workplace workplace, CancellationToken cancellationToken)
    {
        var count = ClosedFrames / program.Pace;
        var blocks = Bars.Walk(count, step: 20, wick: 20).Append(Bars.Jump(count)).Chunk(BlockFrames).Select(bars => bars.SelectMany(bar => Frames.Closed(bar)).ToArray()).ToList();
        await using var market = new StandIn();
        await using var bot = program.Start(market.Authority, workplace.Directory, "1m");
        var stream = await market.StreamAsync(cancellationToken);
        await bot.SaysAsync("Connected", cancellationToken);
        var said = bot.SaysAsync(BotProgram.GapAt(Bars.Jump(count)), cancellationToken);
        var began = Stopwatch.GetTimestamp();
        blocks.ForEach(block => stream.Send(block));
        return [count / Stopwatch.GetElapsedTime(began, await said).TotalSeconds];
    }
}
