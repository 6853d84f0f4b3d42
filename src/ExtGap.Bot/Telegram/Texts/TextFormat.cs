using System.Globalization;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Telegram.Texts;

/// <summary>How a language writes numbers, money, times and durations; no culture of the machine has a say in it.</summary>
internal sealed record TextFormat
{
    private const int MaxQuantityDecimals = 8;
    private const int MaxAssetLength = 20;
    private const string Minus = "\u2212";

    private readonly NumberFormatInfo _numbers;

    private TextFormat(string thousands, string decimalMark) =>
        _numbers = new() { NumberGroupSeparator = thousands, NumberDecimalSeparator = decimalMark, NumberGroupSizes = [3] };

    public static TextFormat English { get; } = new(",", ".")
    {
        UnitSpace = " ",
        PercentSpace = string.Empty,
        TimePattern = "yyyy-MM-dd HH:mm",
        ShortTimePattern = "MMM dd HH:mm",
        Day = "d",
    };

    /// <summary>A narrow no-break space between thousands, a no-break space before units and the percent sign.</summary>
    public static TextFormat French { get; } = new("\u202F", ",")
    {
        UnitSpace = "\u00A0",
        PercentSpace = "\u00A0",
        TimePattern = "dd/MM/yyyy HH:mm",
        ShortTimePattern = "dd/MM HH:mm",
        Day = "j",
    };

    private string UnitSpace { get; init; } = string.Empty;

    private string PercentSpace { get; init; } = string.Empty;

    private string TimePattern { get; init; } = string.Empty;

    private string ShortTimePattern { get; init; } = string.Empty;

    private string Day { get; init; } = string.Empty;

    /// <summary>A number of things.</summary>
    public string Count(long number) => Number(number, 0);

    /// <summary>Rounded half away from zero; what rounds to zero has no sign.</summary>
    public string Number(decimal value, int decimals)
    {
        var rounded = Rounding.To(value, decimals);
        var digits = Math.Abs(rounded).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), _numbers);
        return rounded < 0 ? Minus + digits : digits;
    }

    /// <summary>With the contract's decimals, and more only where the price itself has more: a price is never told wrong.</summary>
    public string Price(Price price, Instrument instrument) =>
        Number(price.ToDecimal(), Math.Max(instrument.PriceDecimals, Instrument.DecimalsOf(price)));

    /// <summary>In the base asset, with seven significant digits and at most eight decimals.</summary>
    public string Quantity(decimal quantity, Instrument instrument)
    {
        var decimals = MaxQuantityDecimals;
        for (var limit = 0.1m; decimals > 0 && quantity >= limit; limit *= 10)
        {
            decimals--;
        }

        return $"{TrimZeros(Number(quantity, decimals))}{UnitSpace}{Asset(instrument.BaseAsset)}";
    }

    /// <summary>In the quote asset, to the cent.</summary>
    public string Money(decimal amount, Instrument instrument) => $"{Cents(amount)}{UnitSpace}{Asset(instrument.QuoteAsset)}";

    /// <summary>A gain or loss in the quote asset, with its sign.</summary>
    public string SignedMoney(decimal amount, Instrument instrument) => $"{SignedCents(amount)}{UnitSpace}{Asset(instrument.QuoteAsset)}";

    public string Cents(decimal amount) => Number(amount, 2);

    public string SignedCents(decimal amount) => Rounding.Money(amount) > 0 ? "+" + Cents(amount) : Cents(amount);

    /// <summary>A part of one as a percentage with one decimal.</summary>
    public string Percent(decimal part) => $"{Number(part * 100, 1)}{PercentSpace}%";

    /// <summary>To the minute. A close time, the last millisecond of a candle, is the full minute after it, as traders say it.</summary>
    public string Time(Instant instant) => InMinutes(instant, TimePattern) + " UTC";

    /// <summary>As <see cref="Time"/>, without year and zone, for lists.</summary>
    public string ShortTime(Instant instant) => InMinutes(instant, ShortTimePattern);

    /// <summary>In its two largest units: <c>2 h 05 min</c>; zero at the end is left out: <c>24 h</c>. Days from 48 h on.</summary>
    public string Duration(TimeSpan span) => InUnits(span, 2);

    /// <summary>As <see cref="Duration"/>, to the second, however long.</summary>
    public string ExactDuration(TimeSpan span) => InUnits(span, 4);

    private string InUnits(TimeSpan span, int count)
    {
        var seconds = Math.Max(0, (long)Math.Round(span.TotalSeconds, MidpointRounding.AwayFromZero));
        var days = seconds >= 48 * 3600 ? seconds / 86_400 : 0;
        (long Number, string Unit)[] all = [(days, Day), ((seconds / 3600) - (days * 24), "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
        var shown = all.SkipWhile(part => part.Number == 0).Take(count).ToList();
        while (shown.Count > 0 && shown[^1].Number == 0)
        {
            shown.RemoveAt(shown.Count - 1);
        }

        return shown.Count == 0
            ? $"0{UnitSpace}s"
            : string.Join(UnitSpace, shown.Select((part, i) => part.Number.ToString(i == 0 ? "0" : "00", CultureInfo.InvariantCulture) + UnitSpace + part.Unit));
    }

    private static string InMinutes(Instant instant, string pattern)
    {
        var shown = instant < Instant.Max ? instant + TimeSpan.FromMilliseconds(1) : instant;
        return shown.ToDateTimeOffset().ToString(pattern, CultureInfo.InvariantCulture);
    }

    private static string Asset(string name) => TelegramText.OneLine(name, MaxAssetLength);

    private string TrimZeros(string number) =>
        number.Contains(_numbers.NumberDecimalSeparator, StringComparison.Ordinal)
            ? number.TrimEnd('0').TrimEnd(_numbers.NumberDecimalSeparator[0])
            : number;
}
