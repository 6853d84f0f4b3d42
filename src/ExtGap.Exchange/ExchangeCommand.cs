using System.CommandLine;
using System.CommandLine.Parsing;
using ExtGap.Core.Market;
using ExtGap.Exchange.Faults;
using Symbol = ExtGap.Core.Market.Symbol;

namespace ExtGap.Exchange;

/// <summary>The command line.</summary>
internal static class ExchangeCommand
{
    private const int Usage = 64;

    private static readonly Option<System.Net.IPEndPoint> Listen = Make("--listen", OptionText.EndPoint, "Where it listens, 127.0.0.1:9090 unless said; port 0 takes any that is free", "ADDRESS:PORT");
    private static readonly Option<KlineFile[]> Klines = new("--klines")
    {
        Description = "Kline files to play; the symbol is the first part of a file's name unless it is said",
        HelpName = "FILE[=SYMBOL]",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => ParseAll(result, OptionText.KlineFile),
    };

    private static readonly Option<Symbol[]> Symbols = new("--symbol")
    {
        Description = "Symbols whose market it makes itself, BTCUSDT unless files are played",
        HelpName = "SYMBOL,…",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => [.. ParseAll(result, OptionText.Symbols).SelectMany(symbols => symbols)],
    };

    private static readonly Option<long?> Seed = Make("--seed", text => (long?)OptionText.Seed(text), "What the made market comes from, 1 unless said", "NUMBER");
    private static readonly Option<double?> Speed = Make("--speed", text => (double?)OptionText.Speed(text), "Exchange time per real time, 1 unless said; max is as fast as the slowest subscriber takes it", "NUMBER|max");
    private static readonly Option<Instant?> Start = Make("--start", text => (Instant?)OptionText.Time(text), "What its clock shows first: the first candle's open time unless said, or now for a made market", "TIME");
    private static readonly Option<int?> WaitFor = Make("--wait-for", text => (int?)OptionText.Count(text), "How many subscribers there must be for its clock to run, 0 unless said", "N");
    private static readonly Option<TimeSpan?> CloseDelay = Make("--close-delay", text => (TimeSpan?)OptionText.Duration(text, TimeSpan.Zero), "Exchange time from a candle's end to its x:true, 2s unless said", "DURATION");
    private static readonly Option<TimeSpan?> UpdateInterval = Make("--update-interval", text => (TimeSpan?)OptionText.Duration(text, TimeSpan.FromMilliseconds(1)), "Exchange time between two updates of an open candle, 250ms unless said; a coarser one makes a fast replay faster", "DURATION");
    private static readonly Option<string[]> Faults = new("--fault")
    {
        Description = $"How it misbehaves: {FaultCatalog.Names}",
        HelpName = "NAME[=VALUE][,for=DURATION][,times=N]",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => ParseAll(result, text => Fault.Parse(text).Text),
    };

    private static readonly Option<bool> ExitAtEnd = new("--exit-at-end") { Description = "Ends when everything that the files have was sent" };

    /// <summary>Runs the exchange until it is told to stop.</summary>
    /// <returns>0 after a requested stop or the end of the files, 64 wrong usage, 78 a file that can't be used, 1 anything else.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var command = new RootCommand("A market like Binance's USDⓈ-M futures on this machine: plays kline files, or makes a market of its own.")
        {
            Listen, Klines, Symbols, Seed, Speed, Start, WaitFor, CloseDelay, UpdateInterval, Faults, ExitAtEnd,
        };
        var parsed = command.Parse(arguments, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors)
            {
                await error.WriteLineAsync($"extgap-exchange: {fault.Message}");
            }

            await error.WriteLineAsync("extgap-exchange --help shows what there is.");
            return Usage;
        }

        if (parsed.Action is not null)
        {
            return await parsed.InvokeAsync(new() { Output = output, Error = error, ProcessTerminationTimeout = null }, cancellationToken);
        }

        try
        {
            return await ServeAsync(Read(parsed), output, error, cancellationToken);
        }
        catch (ExchangeException e)
        {
            await error.WriteLineAsync($"extgap-exchange: {e.Message}");
            return e.ExitCode;
        }
    }

    private static ExchangeOptions Read(ParseResult parsed)
    {
        var defaults = new ExchangeOptions();
        return new()
        {
            Listen = parsed.GetValue(Listen) ?? defaults.Listen,
            KlineFiles = parsed.GetValue(Klines) ?? [],
            Symbols = parsed.GetValue(Symbols) ?? [],
            Seed = parsed.GetValue(Seed) ?? defaults.Seed,
            Speed = parsed.GetValue(Speed) ?? defaults.Speed,
            Start = parsed.GetValue(Start),
            WaitFor = parsed.GetValue(WaitFor) ?? defaults.WaitFor,
            CloseDelay = parsed.GetValue(CloseDelay) ?? defaults.CloseDelay,
            UpdateInterval = parsed.GetValue(UpdateInterval) ?? defaults.UpdateInterval,
            Faults = parsed.GetValue(Faults) ?? [],
            ExitAtEnd = parsed.GetValue(ExitAtEnd),
        };
    }

    private static async Task<int> ServeAsync(ExchangeOptions options, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        await using var server = await ExchangeServer.StartAsync(options, cancellationToken: CancellationToken.None);
        await output.WriteLineAsync(server.Banner);
        await output.FlushAsync(CancellationToken.None);
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        var first = await Task.WhenAny(options.ExitAtEnd ? [stopped, server.Playing, server.Ended] : [stopped, server.Playing]);
        await server.StopAsync(isEnd: first == server.Ended);
        if (first != server.Playing)
        {
            return 0;
        }

        await error.WriteLineAsync($"extgap-exchange: the market stopped: {server.Playing.Exception?.GetBaseException().Message}");
        return 1;
    }

    private static Option<T> Make<T>(string name, Func<string, T> parse, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => ParseAll(result, parse) is [.., var last] ? last : default,
    };

    private static T[] ParseAll<T>(ArgumentResult result, Func<string, T> parse)
    {
        var values = new List<T>();
        foreach (var token in result.Tokens)
        {
            try
            {
                values.Add(parse(token.Value));
            }
            catch (FormatException e)
            {
                result.AddError($"{(result.Parent as OptionResult)?.Option.Name}: {e.Message}");
            }
        }

        return [.. values];
    }
}
