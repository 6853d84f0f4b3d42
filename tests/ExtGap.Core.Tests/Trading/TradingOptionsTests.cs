using ExtGap.Core.Trading;

namespace ExtGap.Core.Tests.Trading;

public sealed class TradingOptionsTests
{
    [Fact]
    public void The_defaults_are_those_of_the_specification()
    {
        var options = new TradingOptions();

        Assert.Equal((1000m, 0.0003m, 0.0003m, TimeSpan.FromHours(24)), (options.Notional, options.EntryFeeRate, options.ExitFeeRate, options.MaxHold));
        Assert.Empty(options.Faults());
    }

    [Fact]
    public void The_limits_themselves_are_allowed()
    {
        Assert.Empty(new TradingOptions { Notional = 0.01m, EntryFeeRate = 0, ExitFeeRate = 0, MaxHold = TimeSpan.Zero }.Faults());
        Assert.Empty(new TradingOptions
        {
            Notional = TradingOptions.MaxNotional,
            EntryFeeRate = TradingOptions.MaxFeeRate,
            ExitFeeRate = TradingOptions.MaxFeeRate,
            MaxHold = TradingOptions.LongestMaxHold,
        }.Faults());
    }

    [Fact]
    public void All_faults_are_told_at_once_each_with_its_value()
    {
        var low = new TradingOptions { Notional = 0, EntryFeeRate = -0.1m, ExitFeeRate = -0.2m, MaxHold = TimeSpan.FromMinutes(-1) };
        var high = new TradingOptions { Notional = 1_000_000_000.01m, EntryFeeRate = 0.11m, ExitFeeRate = 3, MaxHold = TimeSpan.FromDays(3651) };

        Assert.Collection(
            low.Faults(),
            fault => Assert.Equal((nameof(TradingOptions.Notional), "a notional of 0 must be above 0 and at most 1000000000."), fault),
            fault => Assert.Equal((nameof(TradingOptions.EntryFeeRate), "a fee rate of -0.1 must be from 0 to 0.1; 0.0003 is 0.03 %."), fault),
            fault => Assert.Equal((nameof(TradingOptions.ExitFeeRate), "a fee rate of -0.2 must be from 0 to 0.1; 0.0003 is 0.03 %."), fault),
            fault => Assert.Equal(nameof(TradingOptions.MaxHold), fault.Property));
        Assert.Equal(4, high.Faults().Count());
    }
}
