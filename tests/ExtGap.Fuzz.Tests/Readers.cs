using System.Text;
using ExtGap.Fuzz.Running;
using ExtGap.Fuzz.Targets;

namespace ExtGap.Fuzz.Tests;

/// <summary>The first inputs of a run of <c>scripts/fuzz.sh</c>, the same each time.</summary>
public sealed class Readers
{
    private const ulong Seed = 7;
    private const long Inputs = 20_000;

    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(0.3);

    public static TheoryData<string> Targets => [.. AllTargets.Names];

    [Theory(Timeout = 300_000)]
    [MemberData(nameof(Targets))]
    public async Task Nothing_breaks_a_reader(string name)
    {
        using var target = AllTargets.Find(name)!;
        var result = await Task.Run(() => FuzzRun.Of(target, Seed, Inputs), TestContext.Current.CancellationToken);

        Assert.Null(result.Finding);
        Assert.Equal(Inputs, result.Inputs);

        // Where nearly all is refused, or nothing is, hardly anything is tried.
        Assert.InRange(result.Accepted, Inputs / 50, Inputs - (Inputs / 50));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("throws", "an exception that no document knows: System.InvalidOperationException: throws")]
    [InlineData("breaks a promise", "breaks a promise")]
    [InlineData("allocates", "bytes allocated, more than")]
    [InlineData("hangs", "it hangs: no end after 0.3 s")]
    public async Task A_reader_that_breaks_is_found_with_the_input_that_breaks_it(string fault, string told)
    {
        using var target = new FaultyTarget();
        var input = Encoding.UTF8.GetBytes(fault);
        var cancellationToken = TestContext.Current.CancellationToken;

        var replayed = await Task.Run(() => FuzzRun.Replay(target, input, HangLimit), cancellationToken);
        target.Forced = input;
        var found = await Task.Run(() => FuzzRun.Of(target, Seed, Inputs, HangLimit), cancellationToken);

        foreach (var finding in new[] { replayed.Finding, found.Finding })
        {
            Assert.Contains(told, finding!.What, StringComparison.Ordinal);
            Assert.Equal(input, finding.Input);
            Assert.Contains($"--target faulty --replay {Convert.ToBase64String(input)}", finding.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_that_keeps_what_it_reads_is_found()
    {
        using var target = new FaultyTarget { Forced = Encoding.UTF8.GetBytes("keeps") };
        var result = await Task.Run(() => FuzzRun.Of(target, Seed, Inputs), TestContext.Current.CancellationToken);

        Assert.Contains("are still on the heap", result.Finding!.What, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_corpus_that_is_refused_is_found()
    {
        using var target = new FaultyTarget { Valid = [Encoding.UTF8.GetBytes("refuses")] };
        var result = await Task.Run(() => FuzzRun.Of(target, Seed, Inputs), TestContext.Current.CancellationToken);

        Assert.Contains("is refused", result.Finding!.What, StringComparison.Ordinal);
    }
}
