using ExtGap.Shared;
using Microsoft.Extensions.Logging;
using NLog.Config;
using NLog.Extensions.Logging;
using NLog.Layouts;
using NLog.Targets;

namespace ExtGap.Bot.Hosting;

/// <summary>
/// Log lines: all to stdout, errors also to stderr; times in UTC. Texts of the exchange's and of Telegram's get into them: whatever these say,
/// an event is one line, but for the exception that it may have, and steers no terminal.
/// </summary>
internal static class BotLogging
{
    private const string Beginning = "${date:universalTime=true:format=yyyy-MM-ddTHH\\:mm\\:ss.fffZ} ${level:uppercase=true:padding=-5} ";

    /// <summary>A factory of loggers, which writes what is left when it is disposed.</summary>
    public static ILoggerFactory Create(LogLevel level)
    {
        var layout = new CompoundLayout { Layouts = { new SimpleLayout(Beginning), Layout.FromMethod(Text) } };
        var configuration = new LoggingConfiguration();
        configuration.AddRule(NLog.LogLevel.FromOrdinal((int)level), NLog.LogLevel.Fatal, new ConsoleTarget("stdout") { Layout = layout });

        // Somebody who watches both on one terminal would see each error twice.
        if (Console.IsOutputRedirected || Console.IsErrorRedirected)
        {
            configuration.AddRule(NLog.LogLevel.Error, NLog.LogLevel.Fatal, new ConsoleTarget("stderr") { Layout = layout, StdErr = true });
        }

        return LoggerFactory.Create(logging => logging
            .SetMinimumLevel(level)
            .AddNLog(_ => new NLog.LogFactory { Configuration = configuration, ThrowConfigExceptions = true }));
    }

    private static string Text(NLog.LogEventInfo entry) => entry.Exception is { } exception
        ? string.Join(Environment.NewLine, exception.ToString().Split('\n').Select(line => PlainText.Of(line.TrimEnd('\r'))).Prepend(PlainText.Of(entry.FormattedMessage)))
        : PlainText.Of(entry.FormattedMessage);
}
