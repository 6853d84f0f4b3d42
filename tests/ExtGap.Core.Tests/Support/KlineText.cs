namespace ExtGap.Core.Tests.Support;

/// <summary>Lines of kline files, as Binance publishes them.</summary>
internal static class KlineText
{
    public const string Header =
        "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n";

    /// <summary>2025-01-01.</summary>
    public const long Start = 1_735_689_600_000;

    /// <summary>A one-minute kline so many minutes after the start.</summary>
    public static string Minute(int minute, string open = "10", string high = "12.5", string low = "9", string close = "11") =>
        $"{OpenTime(minute)},{open},{high},{low},{close},7,{OpenTime(minute + 1) - 1},70.5,3,4,40.25,0\n";

    /// <summary>The same in microseconds, as the archive has it since 2025.</summary>
    public static string MinuteInMicroseconds(int minute) =>
        $"{OpenTime(minute)}000,10,12.5,9,11,7,{OpenTime(minute + 1) - 1}999,70.5,3,4,40.25,0\n";

    public static string Minutes(params int[] minutes) => string.Concat(minutes.Select(minute => Minute(minute)));

    public static long OpenTime(int minute) => Start + (minute * 60_000L);
}
