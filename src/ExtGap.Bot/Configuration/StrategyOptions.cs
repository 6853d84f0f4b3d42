using System.Globalization;
using ExtGap.Core.Gaps;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Configuration;

/// <summary>What decides on gaps and trades, the same for a bot and a backtest.</summary>
/// <param name="Algorithm">The rules by which gaps are found.</param>
/// <param name="Trading">How the paper trades are made.</param>
internal sealed record StrategyOptions(GapAlgorithm Algorithm, TradingOptions Trading)
{
    public static StrategyOptions Read(SettingReader reader)
    {
        var trading = new TradingOptions
        {
            Notional = reader.Read(Settings.Notional, ParseNumber),
            EntryFeeRate = reader.Read(Settings.EntryFeeRate, ParseNumber),
            ExitFeeRate = reader.Read(Settings.ExitFeeRate, ParseNumber),
            MaxHold = reader.Read(Settings.MaxHold, Duration.Parse),
        };
        foreach (var (property, fault) in trading.Faults())
        {
            reader.Reject(SettingOf(property), fault);
        }

        return new(reader.Read(Settings.Algorithm, ParseAlgorithm), trading);
    }

    private static Setting SettingOf(string property) => property switch
    {
        nameof(TradingOptions.Notional) => Settings.Notional,
        nameof(TradingOptions.EntryFeeRate) => Settings.EntryFeeRate,
        nameof(TradingOptions.ExitFeeRate) => Settings.ExitFeeRate,
        nameof(TradingOptions.MaxHold) => Settings.MaxHold,
        _ => throw new ArgumentOutOfRangeException(nameof(property), property, "No setting has it."),
    };

    private static GapAlgorithm ParseAlgorithm(string text) => text switch
    {
        "group" => GapAlgorithm.Group,
        "simple" => GapAlgorithm.Simple,
        "corrected" => GapAlgorithm.Corrected,
        _ => throw new FormatException($"'{text}' is not an algorithm: there are group, simple and corrected."),
    };

    private static decimal ParseNumber(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{text}' is not a number such as 1000 or 0.0003.");
}
