using System.CommandLine;
using ExtGap.Chaos;

// The numbered heartbeat is a program of the supervisor's, and so starts by its path and a folder.
if (args is ["beat", var folder])
{
    return Beat.Run(folder);
}

var minutes = new Option<double>("--minutes") { Description = "How long the chaos lasts, 0.2 to 1440; settling and checking come after it.", DefaultValueFactory = _ => 20 };
var seed = new Option<int>("--seed") { Description = "Where the chances come from: the same seed makes the same market and plans the same faults.", DefaultValueFactory = _ => 7 };
var days = new Option<int>("--days") { Description = "How many days of the market are played meanwhile, 1 to 30. Each gap is told, one message a second: fewer settle sooner.", DefaultValueFactory = _ => SyntheticMonth.Days };
var intensity = new Option<double>("--intensity") { Description = "How many faults: 2 is twice as many as usual, 0.1 to 3.", DefaultValueFactory = _ => 1 };
var folderOption = new Option<string?>("--folder") { Description = "Where everything is written; a new temporary folder by default, deleted when all is well." };
var binaries = new Option<string?>("--executables") { Description = "The folder with extgap, extgap-bot and extgap-exchange; those of the same build of this repository by default." };
var root = new RootCommand("Puts the whole product on loopback under faults of every kind, and checks that nothing is lost.") { minutes, seed, days, intensity, folderOption, binaries };
root.SetAction((parsed, cancellationToken) => RunAsync(parsed, ChaosRun.RunAsync, cancellationToken));
var soak = new Command("soak", "A month of one-minute candles without a fault: memory, descriptors and the ledger must not grow.") { minutes, seed, folderOption, binaries };
soak.SetAction((parsed, cancellationToken) => RunAsync(parsed, SoakRun.RunAsync, cancellationToken));
root.Add(soak);

// Whoever ends it early gets what there is: that takes a copy of the small disk.
return await root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });

async Task<int> RunAsync(ParseResult parsed, Func<ChaosOptions, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
{
    var options = new ChaosOptions(
        TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(seed), parsed.GetValue(days), parsed.GetValue(intensity), parsed.GetValue(folderOption), parsed.GetValue(binaries));
    if (options.Complaint is { } complaint)
    {
        await Console.Error.WriteLineAsync(complaint);
        return ChaosOptions.Usage;
    }

    return await run(options, cancellationToken);
}
