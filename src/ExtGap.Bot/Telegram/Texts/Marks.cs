using ExtGap.Core.Gaps;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Telegram.Texts;

/// <summary>The signs and names that are the same in every language.</summary>
internal static class Marks
{
    public const string Started = "▶️";
    public const string Stopped = "⏹️";
    public const string Reversal = "🔄";
    public const string Expired = "⏰";
    public const string Corrected = "⚠️";
    public const string Statistics = "📊";
    public const string Folded = "📋";
    public const string CaughtUp = "⏪";

    public static string Of(Polarity polarity) => polarity == Polarity.Bullish ? "🟢" : "🔴";

    public static string Of(ExternalGap gap) => gap.IsReversal ? Reversal + Of(gap.Polarity) : Of(gap.Polarity);

    public static string Of(Side side) => side == Side.Long ? "📈" : "📉";

    public static string Of(TradeResult result) => result switch
    {
        TradeResult.Win => "✅",
        TradeResult.Loss => "❌",
        _ => "➖",
    };

    public static string NameOf(Side side) => side == Side.Long ? "LONG" : "SHORT";

    /// <summary>The side that a reversal enters.</summary>
    public static Side SideOf(Polarity polarity) => polarity == Polarity.Bullish ? Side.Long : Side.Short;

    /// <summary>Polarity and sequence number: <c>BULLISH #3</c>.</summary>
    public static string NameOf(Polarity polarity, int sequenceNumber) =>
        $"{(polarity == Polarity.Bullish ? "BULLISH" : "BEARISH")} #{sequenceNumber}";

    public static string NameOf(ExternalGap gap) => NameOf(gap.Polarity, gap.SequenceNumber);
}
