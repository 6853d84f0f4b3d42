using Microsoft.Extensions.Logging;
using NLog.Config;
using NLog.Extensions.Logging;
using NLog.Layouts;
using NLog.Targets;

namespace ExtGap.Bot.Hosting;

/// <summary>Log lines: all to stdout, errors also to stderr; times in UTC.</summary>
internal static class BotLogging
{
    private const string Line = "${date:universalTime=true:format=yyyy-MM-ddTHH\\:mm\\:ss.fffZ} ${level:uppercase=true:padding=-5} ${message}${onexception:${newline}${exception:format=tostring}}";

    /// <summary>A factory of loggers, which writes what is left when it is disposed.</summary>
    public static ILoggerFactory Create(LogLevel level)
    {
        var layout = new SimpleLayout(Line);
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
}
