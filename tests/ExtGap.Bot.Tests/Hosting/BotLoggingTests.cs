using ExtGap.Bot.Hosting;
using ExtGap.Bot.Tests.Support;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Tests.Hosting;

[Collection(Cli.Collection)]
public sealed class BotLoggingTests
{
    [Fact]
    public void A_text_from_outside_can_neither_begin_a_line_nor_steer_a_terminal()
    {
        var lines = Log("the exchange has closed the connection (\e]0;owned\a)\n2026-01-01T00:00:00.000Z ERROR forged\u2028\u202eforged");

        Assert.EndsWith(@" WARN  the exchange has closed the connection (\x1b]0;owned\x07)\n2026-01-01T00:00:00.000Z ERROR forged\u2028\u202eforged", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_can_an_exceptions_whose_own_lines_stay_lines()
    {
        var lines = Log("it failed", new InvalidOperationException("\e[2J\r", new IOException("within\a")));

        Assert.EndsWith(" WARN  it failed", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines[1..], line => line.Contains(@"InvalidOperationException: \x1b[2J", StringComparison.Ordinal));
        Assert.Contains(lines[1..], line => line.Contains(@"within\x07", StringComparison.Ordinal));
        Assert.DoesNotContain(string.Concat(lines), char.IsControl);
    }

    private static string[] Log(string text, Exception? exception = null)
    {
        var output = Console.Out;
        using var written = new StringWriter();
        Console.SetOut(TextWriter.Synchronized(written));
        try
        {
            using var factory = BotLogging.Create(LogLevel.Information);
#pragma warning disable CA1848, CA2254 // What is logged is up to the test.
            factory.CreateLogger("test").LogWarning(exception, "{Text}", text);
#pragma warning restore CA1848, CA2254
        }
        finally
        {
            Console.SetOut(output);
        }

        return written.ToString().TrimEnd('\n').Split('\n');
    }
}
