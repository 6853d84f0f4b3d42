using System.Globalization;
using ExtGap.Fuzz.Running;
using ExtGap.Fuzz.Targets;

namespace ExtGap.Fuzz;

/// <summary>Feeds the product's readers with what nobody would write.</summary>
internal static class Program
{
    private const int Good = 0;
    private const int Found = 1;
    private const int Usage = 64;

    private static int Main(string[] arguments)
    {
        try
        {
            var options = FuzzOptions.Parse(arguments);
            return options.Replay is { } input ? Replay(options.Targets[0], input) : Run(options);
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine(FuzzOptions.Help);
            return Usage;
        }
    }

    private static int Replay(string name, byte[] input)
    {
        using var target = AllTargets.Find(name)!;
        var result = FuzzRun.Replay(target, input);
        Console.WriteLine(result.Finding?.ToString() ?? $"{name}: {(result.Accepted > 0 ? "accepted" : "refused")}, {result.MostAllocated} bytes allocated, {result.Slowest.TotalMilliseconds:0.000} ms");
        return result.Finding is null ? Good : Found;
    }

    private static int Run(FuzzOptions options)
    {
        Console.WriteLine($"{"TARGET",-18} {"SEED",6} {"INPUTS",9} {"ACCEPTED",9} {"PER S",8} {"SLOWEST MS",11} {"AT INPUT",9} {"MOST KB",8} {"KEPT KB",8}");
        var code = Good;
        foreach (var name in options.Targets)
        {
            using var target = AllTargets.Find(name)!;
            foreach (var seed in options.Seeds)
            {
                var result = FuzzRun.Of(target, seed, options.Inputs);
                Tell(result);
                code = result.Finding is null ? code : Found;
            }
        }

        return code;
    }

    private static void Tell(FuzzResult result)
    {
        var rate = result.Elapsed > TimeSpan.Zero ? result.Inputs / result.Elapsed.TotalSeconds : 0;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Target,-18} {result.Seed,6} {result.Inputs,9} {(double)result.Accepted / Math.Max(result.Inputs, 1),9:P1} {rate,8:0} {result.Slowest.TotalMilliseconds,11:0.00} {result.SlowestNumber,9} {result.MostAllocated / 1024,8} {result.Retained / 1024,8}"));
        if (result.Finding is { } finding)
        {
            Console.WriteLine(finding);
        }
    }
}
