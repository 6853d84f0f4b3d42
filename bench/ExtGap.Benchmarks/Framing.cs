using BenchmarkDotNet.Attributes;
using ExtGap.Supervisor.Control;

namespace ExtGap.Benchmarks;

/// <summary>A status of three bots on its way over the control socket, without the socket: written, and read again.</summary>
public class Framing
{
    private readonly MemoryStream _pipe = new();
    private readonly ControlReply _reply = new ControlReply.Report(new SupervisorStatus
    {
        Supervisor = new(4711, "0.1.0", "/srv/extgap/supervisor.json", 86_400, 14_000_000),
        Programs = [.. new[] { "3m", "15m", "1h" }.Select(ProgramOf)],
    });

    [Benchmark]
    public async Task<long> Write()
    {
        _pipe.SetLength(0);
        await ControlFraming.WriteAsync(_pipe, _reply, ControlJson.Default.ControlReply, ControlFraming.MaxReplyBytes, CancellationToken.None);
        return _pipe.Length;
    }

    [Benchmark]
    public async Task<bool> WriteAndRead()
    {
        await Write();
        _pipe.Position = 0;
        return await ControlFraming.ReadAsync(_pipe, ControlJson.Default.ControlReply, ControlFraming.MaxReplyBytes, CancellationToken.None) is not null;
    }

    private static ProgramStatus ProgramOf(string name) => new()
    {
        Name = name,
        State = "RUNNING",
        IsTroubled = false,
        Pid = 4712,
        StateSeconds = 86_000,
        UptimeSeconds = 86_000,
        Restarts = 0,
        Failures = 0,
        CpuPercent = 0.4,
        MemoryBytes = 26_000_000,
        Logs = new($"/srv/extgap/logs/extgap_indicator_{name}_stdout.log", $"/srv/extgap/logs/extgap_indicator_{name}_stderr.log"),
        Bot = new()
        {
            Words = "live",
            AgeSeconds = 0.5,
            Feed = "live",
            SecondsSinceLastFrame = 0.2,
            Symbols = [new() { Symbol = "BTCUSDT", Timeframe = name, Trend = "BULLISH #3", Position = "LONG", EntryPrice = 83_290.7m, Gaps = 675, Trades = 164, Profit = -164.68m }],
        },
    };
}
