using ExtGap.Core.Market;

namespace ExtGap.Core.Gaps;

/// <summary>The polarity of the last gaps and how many of them there were in a row; the default value is "no gap yet".</summary>
/// <param name="Polarity">Polarity of the last gap; none before the first.</param>
/// <param name="SequenceNumber">Sequence number of the last gap; 0 before the first.</param>
public readonly record struct Trend(Polarity? Polarity, int SequenceNumber)
{
    /// <summary>The trend after one more price break.</summary>
    public Trend After(PriceBreak found) => new(found.Polarity, found.Polarity == Polarity ? SequenceNumber + 1 : 1);

    /// <summary>The gap that a price break is, coming after this trend.</summary>
    public ExternalGap Place(PriceBreak found, Instant detectionBar) => new()
    {
        Polarity = found.Polarity,
        Level = found.Level,
        OpeningBar = found.OpeningBar,
        DetectionBar = detectionBar,
        SequenceNumber = After(found).SequenceNumber,
        IsFirst = Polarity is null,
        IsReversal = Polarity is { } last && last != found.Polarity,
    };
}
