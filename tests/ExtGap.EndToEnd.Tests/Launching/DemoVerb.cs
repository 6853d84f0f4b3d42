using System.Globalization;
using System.Text.RegularExpressions;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Launching;

/// <summary><c>extgap demo</c>, with the real exchange and the real bots.</summary>
public sealed partial class DemoVerb : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task It_shows_gaps_and_ends_by_Ctrl_C_with_all_its_processes_and_but_one_folder()
    {
        await using var demo = Start("--speed", "3000");
        await demo.WaitForLineAsync(": gap detected: ", TestContext.Current.CancellationToken);
        await demo.WaitForLineAsync(": Entry Executed: ", TestContext.Current.CancellationToken);
        var pids = await WaitForPidsAsync(4, TestContext.Current.CancellationToken);
        demo.Signal(2);

        Assert.Equal(0, await demo.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain(pids, Signals.IsAlive);
        Assert.Equal([_folder["demo"]], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Matches("^Ended: [1-9][0-9]* gaps?, ", demo.Lines[^1]);
    }

    [Fact(Timeout = 60_000)]
    public async Task It_ends_by_itself_and_empties_its_own_folder_the_next_time()
    {
        Assert.Equal(0, await RunAsync(TestContext.Current.CancellationToken, "--seconds", "0.5"));
        var mark = _folder["demo/data/mine"];
        Directory.CreateDirectory(_folder["demo/data"]);
        await File.WriteAllTextAsync(mark, string.Empty, TestContext.Current.CancellationToken);

        Assert.Equal(0, await RunAsync(TestContext.Current.CancellationToken, "--seconds", "0.5"));
        Assert.False(File.Exists(mark));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_that_is_no_demos_is_left_as_it_is()
    {
        Directory.CreateDirectory(_folder["demo"]);
        await File.WriteAllTextAsync(_folder["demo/notes"], "mine", TestContext.Current.CancellationToken);
        await using var demo = Start();

        Assert.Equal(1, await demo.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.Contains("is not empty, and no demo's", demo.Lines[^1], StringComparison.Ordinal);
        Assert.Equal([_folder["demo/notes"]], Directory.GetFileSystemEntries(_folder["demo"]));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_second_one_in_the_same_folder_is_refused_and_the_first_goes_on()
    {
        await using var first = Start("--speed", "3000");
        await first.WaitForLineAsync(": gap detected: ", TestContext.Current.CancellationToken);
        await using var second = Start();

        Assert.Equal(75, await second.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.False(first.HasExited);
        first.Signal(15);
        Assert.Equal(0, await first.WaitForExitAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_that_is_no_kline_file_ends_it_with_the_exchanges_words()
    {
        await File.WriteAllTextAsync(_folder["BTCUSDT-1m.csv"], "this is no candle\n", TestContext.Current.CancellationToken);
        await using var demo = Start("--klines", "BTCUSDT-1m.csv");

        Assert.Equal(1, await demo.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.Contains(demo.Lines, line => line.Contains("The exchange could not do its work", StringComparison.Ordinal) && line.Contains("BTCUSDT-1m.csv", StringComparison.Ordinal));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("--speed", "0")]
    [InlineData("--speed", "fast")]
    [InlineData("--klines", "there-is-none.csv")]
    [InlineData("--seconds", "-1")]
    public async Task What_can_not_be_understood_is_refused_and_nothing_is_written(string option, string value)
    {
        await using var demo = Start($"{option}={value}");

        Assert.Equal(64, await demo.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"{option}: '{value}' ", demo.Lines[0], StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [GeneratedRegex(@"RUNNING, pid (?<pid>\d+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pid();

    private ChildProcess Start(params IEnumerable<string> arguments) =>
        ChildProcess.Start("/bin/sh", ["-c", "cd \"$1\" && shift && exec \"$@\"", "sh", _folder.Path, Executables.PathOf("extgap"), "demo", .. arguments]);

    private async Task<int> RunAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        await using var demo = Start(arguments);
        return await demo.WaitForExitAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<int>> WaitForPidsAsync(int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var log = await File.ReadAllTextAsync(_folder["demo/logs/supervisor.log"], cancellationToken);
            if (Pid().Matches(log) is { } found && found.Count == count)
            {
                return [.. found.Select(match => int.Parse(match.Groups["pid"].ValueSpan, CultureInfo.InvariantCulture))];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }
}
