using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Tests.Presentation;

public sealed class LiveBlocks
{
    private const int Width = 20;

    [Fact(Timeout = 20_000)]
    public async Task A_line_above_a_block_covers_the_row_that_was_there_and_takes_one()
    {
        using var output = new StringWriter { NewLine = "\n" };
        await new Screen(output, Width, hasColours: false, hasCursor: true).Live!.ShowAsync(Updates(TestContext.Current.CancellationToken));

        Assert.Contains("short".PadRight(Width) + "\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("longer than the ter…\n", output.ToString(), StringComparison.Ordinal);
    }

    private static async IAsyncEnumerable<LiveUpdate> Updates([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new([], [new("a block")]);
        await Task.CompletedTask.WaitAsync(cancellationToken);
        yield return new([new("short"), new("longer than the terminal is wide")], null);
    }
}
