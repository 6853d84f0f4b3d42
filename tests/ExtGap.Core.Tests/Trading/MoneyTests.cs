using System.Numerics;
using ExtGap.Core.Market;
using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;
using FsCheck;
using FsCheck.Xunit;

namespace ExtGap.Core.Tests.Trading;

public sealed class MoneyTests
{
    [Property(MaxTest = 1000)]
    public void Gross_profit_is_the_exact_fraction_to_the_cent(PositiveInt entry, PositiveInt exit, PositiveInt notional, bool isLong, byte shift)
    {
        var scale = 1L << (shift % 30);
        var (entryUnits, exitUnits) = (entry.Get * scale, exit.Get * scale);
        var position = Entered(isLong ? Side.Long : Side.Short, Price.FromUnits(entryUnits), notional.Get / 100m);

        var gross = position.GrossProfitAt(Price.FromUnits(exitUnits));

        var move = isLong ? (BigInteger)exitUnits - entryUnits : (BigInteger)entryUnits - exitUnits;
        var cents = Rounded(notional.Get * move, entryUnits);
        Assert.Equal((decimal)cents / 100m, Math.Round(gross, 2, MidpointRounding.AwayFromZero));
    }

    [Theory]
    [InlineData(Side.Long, 1)]
    [InlineData(Side.Short, -1)]
    public void The_largest_rise_of_the_largest_notional_overflows_nothing(Side side, int sign)
    {
        var position = Entered(side, Price.FromUnits(1), TradingOptions.MaxNotional);

        Assert.Equal(sign, Math.Sign(position.GrossProfitAt(Price.FromUnits(long.MaxValue))));
    }

    [Theory]
    [InlineData("1000.6", TradeResult.Breakeven)]
    [InlineData("1000.60000001", TradeResult.Win)]
    [InlineData("1000.59999999", TradeResult.Loss)]
    public void How_a_trade_ended_is_told_by_its_unrounded_profit(string exit, TradeResult result)
    {
        var position = Entered(Side.Long, Price.Parse("1000"), notional: 1000m);
        var trade = new Trade
        {
            Number = 1,
            Position = position,
            ExitTime = new(60_000),
            ExitPrice = Price.Parse(exit),
            Reason = CloseReason.Reverse,
            Cumulative = default(TradeStatistics).After(position.GrossProfitAt(Price.Parse(exit)) - position.Fees, position.Fees, position.Notional),
        };

        Assert.Equal(result, trade.Result);
        Assert.Equal(
            result switch { TradeResult.Win => (1, 0, 0), TradeResult.Loss => (0, 1, 0), _ => (0, 0, 1) },
            (trade.Cumulative.Wins, trade.Cumulative.Losses, trade.Cumulative.Breakevens));
        Assert.Equal(trade.RealizedProfit, trade.Cumulative.Profit);
    }

    [Fact]
    public void Both_fees_are_parts_of_the_notional_and_the_quantity_is_in_the_base_asset()
    {
        var position = Entered(Side.Short, Price.Parse("64000"), notional: 1000m) with { EntryFeeRate = 0.0002m, ExitFeeRate = 0.0005m };

        Assert.Equal(0.7m, position.Fees);
        Assert.Equal(0.015625m, position.Quantity);
        Assert.Equal(15.625m, position.GrossProfitAt(Price.Parse("63000")));
    }

    private static Position Entered(Side side, Price price, decimal notional) => new()
    {
        Side = side,
        EntryTime = new(0),
        EntryPrice = price,
        Notional = notional,
        EntryFeeRate = 0.0003m,
        ExitFeeRate = 0.0003m,
    };

    /// <summary>A fraction rounded half away from zero.</summary>
    private static BigInteger Rounded(BigInteger numerator, BigInteger denominator) =>
        numerator.Sign * (((2 * BigInteger.Abs(numerator)) + denominator) / (2 * denominator));
}
