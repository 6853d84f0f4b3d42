using System.CommandLine;
using System.Globalization;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Demo;
using ExtGap.Supervisor.Presentation;
using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Commands;

/// <summary><c>extgap demo</c>: an exchange on loopback at high speed, and bots on it, under a supervisor in this process.</summary>
internal sealed class DemoVerb(Surroundings surroundings)
{
    private const string Folder = "demo";

    public Command Create()
    {
        var speed = new Option<string>("--speed") { HelpName = "NUMBER|max", Description = "Times real time, or as fast as the bots take it. [default 600]", DefaultValueFactory = _ => "600" };
        var klines = new Option<string?>("--klines") { HelpName = "FILE", Description = "A kline file as the exchange publishes it, .csv or .zip, instead of a made market." };
        var seconds = new Option<double?>("--seconds") { HelpName = "N", Description = "Ends by itself after so many seconds. [default by Ctrl-C]" };
        speed.Validators.Add(result => Refuse(result, IsSpeed(result.GetValue(speed)), "is no speed: a number above 0, or max."));
        klines.Validators.Add(result => Refuse(result, File.Exists(result.GetValue(klines)), "is not there: --klines takes a kline file, .csv or .zip."));
        seconds.Validators.Add(result => Refuse(result, result.GetValue(seconds) is > 0 and < 1e6, "is no length: seconds above 0."));
        var command = new Command("demo", $"Shows bots at work on a market of this machine's own: no network, no token, no configuration. Writes to the folder {Folder} alone, which it empties first.") { speed, klines, seconds };
        command.SetAction((parsed, _) => RunAsync(new()
        {
            Folder = Path.GetFullPath(Folder),
            Speed = parsed.GetValue(speed)!,
            Klines = parsed.GetValue(klines) is { } file ? Path.GetFullPath(file) : null,
            Length = parsed.GetValue(seconds) is { } length ? TimeSpan.FromSeconds(length) : null,
        }));
        return command;
    }

    private static bool IsSpeed(string? text) =>
        text == "max" || (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed > 0);

    private static void Refuse(System.CommandLine.Parsing.OptionResult result, bool isGood, string why)
    {
        if (!isGood)
        {
            result.AddError($"{result.Option.Name}: '{(result.Tokens is [.., var token] ? token.Value : string.Empty)}' {why}");
        }
    }

    private async Task<int> RunAsync(DemoOptions options)
    {
        var configuration = Prepare(options);
        surroundings.Output.Write(
            $"{(options.Klines is { } file ? Path.GetFileName(file) : $"A made market of {options.Symbol}")} at {(options.Speed == "max" ? "full speed" : $"{options.Speed} times real time")}, " +
            $"and bots of {Words.List(DemoConfiguration.Timeframes)} on it. {(options.Length is null ? "Ctrl-C ends it." : "It ends by itself.")}");

        // Signals are the supervisor's to deal with: when all programs have stopped it ends, and everything here with it.
        var supervising = surroundings.SuperviseAsync(configuration, true, CancellationToken.None);
        var feed = new DemoFeed(surroundings, configuration, supervising);
        var show = new DemoShow(feed, surroundings.Output);
        using var ended = new CancellationTokenSource();
        var limit = EndAsync(feed, options.Length, ended.Token);
        await show.RunAsync(CancellationToken.None);
        var code = await supervising;
        await ended.CancelAsync();
        await limit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (show.Failure is { } failure)
        {
            throw new SupervisorException(ExitCode.Failure, $"The exchange could not do its work: {Harmless.Line(failure)}");
        }

        surroundings.Output.Write($"Ended: {show.Summary}. Ledgers, CSV files and logs are in {options.Folder}.");
        return code;
    }

    private static string Prepare(DemoOptions options)
    {
        var exchange = ProductExecutable.Exchange.Find();
        ProductExecutable.Bot.Find();
        var configuration = Path.Combine(options.Folder, "supervisor.json");
        if (File.Exists(configuration) && SupervisorLock.IsHeld(SupervisorFile.Load(configuration).RunDirectory))
        {
            throw new SupervisorException(ExitCode.SupervisorRuns, $"A demo runs in {options.Folder}: end it, or go to another folder. 'extgap stop-all --config {configuration}' ends it from here.");
        }

        DemoFolder.Prepare(options.Folder);
        File.WriteAllText(configuration, DemoConfiguration.Write(options, exchange, DemoConfiguration.FindFreeAddress(), OwnEnvironment.Read().Keys));
        return configuration;
    }

    private async Task EndAsync(DemoFeed feed, TimeSpan? length, CancellationToken cancellationToken)
    {
        if (length is { } span)
        {
            await Task.Delay(span, surroundings.Time, cancellationToken);
            await feed.StopAsync(cancellationToken);
        }
    }
}
