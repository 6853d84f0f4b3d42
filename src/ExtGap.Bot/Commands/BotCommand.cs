using System.CommandLine;
using System.Reflection;
using ExtGap.Bot.Configuration;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Hosting;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Telegram;
using ExtGap.Shared;
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
        TellStart(log, options);
        var time = TimeProvider.System;
        using var supervisor = new ServiceManager(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"));
        using var feed = new BinanceFeed(options.Timeframe, options.StreamUrl, options.ApiUrl, time, log);
        using var sender = options.Telegram is { } telegram ? new TelegramBotSender(telegram.Token, options.TelegramUrl) : null;
        var monitor = new BotMonitor(supervisor, StatusFile.PathOf(options.DataDirectory, options.Symbols[0], options.Timeframe), time);
        using var stopping = stop.Token.Register(() => supervisor.Tell("STOPPING=1"));
        await using var started = StartMemory.GiveBackLater(time);
        try
        {
            var state = await new BotPipeline(options, feed, sender, monitor, time, log).RunAsync(() => stop.Why, stop.Token);
            log.Stopped(stop.Why.Detail, state);
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            log.Stopped(stop.Why.Detail, "before it had begun");
            return ExitCode.Success;
        }
        catch (Exception e) when (LedgerFaults.Explain(e, LedgersOf(options)) is { } known)
        {
            log.Failed(known.Message);
            log.WhatLiesBehind(e);
            return known.ExitCode;
        }
        catch (Exception e)
        {
            log.Crashed(e, e.Message);
            return ExitCode.Failure;
        }
    }

    private static string LedgersOf(BotOptions options) => options.Symbols is [var symbol]
        ? LedgerFile.PathOf(options.DataDirectory, symbol, options.Timeframe)
        : $"of one of {string.Join(", ", options.Symbols)} in {options.DataDirectory}";

    private static void TellStart(ILogger log, BotOptions options)
    {
        var version = typeof(BotCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";
        log.Starting(version, string.Join(',', options.Symbols), options.Timeframe, options.Strategy.Algorithm.ToString().ToLowerInvariant(), options.StreamUrl);
        foreach (var variable in options.IncompleteCredentials)
        {
            log.CredentialsIncomplete(variable);
        }

        foreach (var (option, url) in options.UnencryptedUrls)
        {
            log.NotEncrypted(option, TokenText.Hide(url.ToString()));
        }

        if (options.Telegram is null)
        {
            log.NotificationsOff();
        }
    }
}
