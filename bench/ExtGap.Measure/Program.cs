using System.CommandLine;
using ExtGap.Measure;

// Measures the whole program and its peers, and prints a table: scripts/measure.sh says how. "write" and "scan" are children of its own.
return args switch
{
    ["write", ..] => Writer.Run(args[1..]),
    ["scan", ..] => await Scanner.RunAsync(args[1..]),
    _ => await MeasureCommand.Build().Parse(args).InvokeAsync(
        // Ctrl-C ends what was started too, and pm2 takes its time.
        new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) }),
};
