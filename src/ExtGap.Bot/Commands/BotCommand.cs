using System.CommandLine;
using System.Reflection;
using ExtGap.Bot.Configuration;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Hosting;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Commands;

/// <summary><c>extgap-bot</c> without a verb: the bot itself.</summary>
internal static class BotCommand
{
    public static RootCommand Create()
    {
        var command = new RootCommand("Watches Binance USDⓈ-M futures candles of one timeframe, finds external gaps, trades their reversals on paper and writes both to CSV files.");
        var settings = new SettingOptions(command, Settings.Bot);
        command.SetAction(async (parsed, _) => await RunAsync(BotOptions.Read(settings.Read(parsed))));
        return command;
    }

    private static async Task<int> RunAsync(BotOptions options)
    {
        using var stop = new StopSignals();
        using var loggers = BotLogging.Create(options.LogLevel);
        var log = loggers.CreateLogger("ExtGap");
        var version = typeof(BotCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";
        log.Starting(version, string.Join(',', options.Symbols), options.Timeframe, options.Strategy.Algorithm.ToString().ToLowerInvariant(), options.StreamUrl);
        var feed = new BinanceFeed(options.Timeframe, options.StreamUrl, options.ApiUrl, TimeProvider.System, log);
        try
        {
            var state = await new BotPipeline(options, feed, TimeProvider.System, log).RunAsync(stop.Token);
            log.Stopped(stop.Received ?? "itself", state);
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            log.Stopped(stop.Received ?? "itself", "before it had begun");
            return ExitCode.Success;
        }
        catch (BotException e)
        {
            log.Failed(e.Message);
            return e.ExitCode;
        }
        catch (Exception e)
        {
            log.Crashed(e, e.Message);
            return ExitCode.Failure;
        }
    }
}
