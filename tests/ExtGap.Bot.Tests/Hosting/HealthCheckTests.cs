using System.Globalization;
using ExtGap.Bot.Hosting;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Hosting;

public sealed class HealthCheckTests : IDisposable
{
    private const long Now = 1_000_000;

    private static readonly Symbol[] Symbols = [Symbol.Parse("TESTUSDT")];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task A_bot_that_holds_its_ledger_and_hears_the_exchange_is_healthy()
    {
        using var held = await HoldAsync(TestContext.Current.CancellationToken);
        Assert.Equal("bot ok, status ok, feed ok, candles ok", Check(Status(age: 5, silence: 1, late: -30)));
        Assert.Equal("bot ok, status ok, feed ok, candles ok", Check(Status(age: 5, silence: 1, late: -30) with { Symbols = [Contract(null)] }));
    }

    [Theory(Timeout = 30_000)]
    [InlineData(20, 1, 0, "bot ok, status ok, feed ok, candles ok")]
    [InlineData(21, 1, 0, "bot ok, status WRONG, feed ?, candles ?")]
    [InlineData(-1, 1, 0, "bot ok, status WRONG, feed ?, candles ?")]
    [InlineData(10, 50, 0, "bot ok, status ok, feed ok, candles ok")]
    [InlineData(10, 51, 0, "bot ok, status ok, feed WRONG, candles ok")]
    [InlineData(0, 60, 60, "bot ok, status ok, feed ok, candles ok")]
    [InlineData(1, 1, 59, "bot ok, status ok, feed ok, candles ok")]
    [InlineData(1, 1, 60, "bot ok, status ok, feed ok, candles WRONG")]
    [InlineData(1, 100, 100, "bot ok, status ok, feed WRONG, candles WRONG")]
    public async Task Each_limit_holds_with_the_age_of_the_status_counted_in(int age, int silence, int late, string expected)
    {
        using var held = await HoldAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected, Check(Status(age, silence, late)));
    }

    [Fact]
    public void Without_a_bot_on_the_ledger_nothing_is_healthy_whatever_the_status_says()
    {
        Assert.Equal("bot WRONG, status ok, feed ok, candles ok", Check(Status(age: 1, silence: 1, late: 0)));
        Assert.Equal("bot WRONG, status WRONG, feed ?, candles ?", Check(null));
        Assert.Empty(_folder.Names);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_status_of_another_process_or_of_other_symbols_does_not_count()
    {
        using var held = await HoldAsync(TestContext.Current.CancellationToken);
        var status = Status(age: 1, silence: 1, late: 0);
        Assert.StartsWith("bot ok, status WRONG", Check(status with { Pid = Environment.ProcessId + 1 }), StringComparison.Ordinal);
        Assert.StartsWith("bot ok, status WRONG", Check(status with { Symbols = [] }), StringComparison.Ordinal);
        Assert.StartsWith("bot ok, status ok, feed WRONG", Check(status with { Feed = new("connecting", SecondsSinceLastFrame: null, Reconnects: 0) }), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Asking_for_health_over_and_over_never_keeps_a_bot_from_its_ledger()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        (await HoldAsync(cancellationToken)).Dispose();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asking = Task.Run(
            () =>
            {
                while (!ended.IsCancellationRequested)
                {
                    LedgerLock.IsHeld(Ledger);
                }
            },
            cancellationToken);
        for (var i = 0; i < 3; i++)
        {
            using var held = await HoldAsync(cancellationToken);
            Assert.True(LedgerLock.IsHeld(Ledger));
        }

        await ended.CancelAsync();
        await asking;
        Assert.False(LedgerLock.IsHeld(Ledger));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"version\":1}")]
    [InlineData("\0\0\0\0")]
    public void A_status_file_that_is_torn_is_none(string content) => Assert.Null(StatusFile.Read(_folder.Write("status.json", content)));

    private string Ledger => LedgerFile.PathOf(_folder.Root, Symbols[0], Minutes.Timeframe);

    private Task<LedgerLock> HoldAsync(CancellationToken cancellationToken) => LedgerLock.TakeAsync(Ledger, TimeProvider.System, cancellationToken);

    private string Check(BotStatus? status)
    {
        var findings = new HealthCheck(_folder.Root, Symbols, Minutes.Timeframe).Run(status, Now);
        return string.Join(", ", findings.Select(finding => string.Create(CultureInfo.InvariantCulture, $"{finding.Name} {(finding.Healthy switch { true => "ok", false => "WRONG", _ => "?" })}")));
    }

    private static BotStatus Status(int age, int silence, int late) => new()
    {
        Pid = Environment.ProcessId,
        MonotonicMilliseconds = Now - (age * 1000),
        ExchangeTime = Minutes.At(1).ToDateTimeOffset(),
        Feed = new("live", silence, Reconnects: 0),
        Symbols = [Contract(Minutes.At(1).ToDateTimeOffset().AddSeconds(-late))],
        Messages = new("off", 0, []),
    };

    private static BotSymbolStatus Contract(DateTimeOffset? due) => new()
    {
        Symbol = "TESTUSDT",
        Timeframe = "1m",
        NextCandleDue = due,
        Position = "FLAT",
        Gaps = 0,
        Trades = 0,
        Profit = 0,
    };
}
