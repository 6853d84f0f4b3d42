using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Projections;

/// <summary>What the CSV files log; event ids 300 to 399.</summary>
internal static partial class ProjectionLog
{
    [LoggerMessage(300, LogLevel.Error, "{Path} can't be written, the next row tries again; the ledger has everything: {Why}")]
    public static partial void CsvFailed(this ILogger log, string path, string why);

    [LoggerMessage(301, LogLevel.Warning, "{Path} was not what the ledger gives (an older bot's, or edited); it is kept as {Kept}")]
    public static partial void CsvKept(this ILogger log, string path, string kept);
}
