using System.CommandLine;
using ExtGap.Bot.Backtesting;
using ExtGap.Bot.Configuration;
using ExtGap.Bot.Hosting;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Commands;

/// <summary><c>extgap-bot backtest</c>: the strategy over kline files.</summary>
internal static class BacktestCommand
{
    private static readonly Setting Symbol = Settings.Symbol with
    {
        ValueName = "SYMBOL",
        Help = "The contract that the files are of, for the results.",
        Default = null,
    };

    public static Command Create()
    {
        var klines = new Option<string[]>("--klines")
        {
            HelpName = "FILE",
            Description = "Kline files as the exchange publishes them, .csv or .zip, in any order.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var output = new Option<string>("--output") { HelpName = "FOLDER", Description = "Where the two CSV files go.", Required = true };
        var command = new Command("backtest", "Runs the strategy over kline files and writes gaps and trades; no ledger, no network.") { klines, output };
        var settings = new SettingOptions(command, [Symbol, Settings.Timeframe, .. Settings.Strategy, Settings.EnvFile]);
        command.SetAction(parsed =>
        {
            var reader = settings.Read(parsed);
            var options = new BacktestOptions
            {
                Klines = parsed.GetRequiredValue(klines),
                Symbol = reader.Read(Symbol, Core.Market.Symbol.Parse),
                Timeframe = reader.Read(Settings.Timeframe, Timeframe.Parse),
                Strategy = StrategyOptions.Read(reader),
                Output = parsed.GetRequiredValue(output),
            };
            reader.ThrowIfFaulty();
            using var stop = new StopSignals();
            var progress = new ConsoleProgress(TimeProvider.System);
            try
            {
                var summary = Backtest.Run(options, TimeProvider.System, progress, stop.Token);
                progress.Clear();
                Console.Write(summary);
                return ExitCode.Success;
            }
            catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
            {
                progress.Clear();
                throw new BotException(ExitCode.Failure, "Stopped; nothing was written.");
            }
        });
        return command;
    }
}
