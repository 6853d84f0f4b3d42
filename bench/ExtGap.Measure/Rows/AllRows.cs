using ExtGap.Measure.Rounds;

namespace ExtGap.Measure.Rows;

/// <summary>All that is measured, in the order of the table.</summary>
internal static class AllRows
{
    public static IReadOnlyList<Row> Of(Options options) =>
    [
        .. new SupervisorRows(options).All(),
        .. new LogRows(options).All(),
        .. new BotRows(options).All(),
        .. new FrameRows(options).All(),
        .. new EngineRows(options).All(),
    ];
}
