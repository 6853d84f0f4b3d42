using System.Text;
using ExtGap.Supervisor.Logs;

namespace ExtGap.Supervisor.Tests.Logs;

public sealed class LastLines
{
    [Theory]
    [InlineData(null, "")]
    [InlineData(null, "\n\r\n \n")]
    [InlineData("one", "one")]
    [InlineData("two", "one\ntwo\n")]
    [InlineData("two", "one\r\ntwo\r\n\r\n  \n\n")]
    [InlineData("[31mred", "one\n\u001b[31mred")]
    [InlineData("a b", "\ta\tb\t")]
    [InlineData("ünfinished", "one\nünfinished")]
    public void The_last_line_is_the_last_that_is_not_empty(string? expected, string written)
    {
        foreach (var chunk in (int[])[1, 2, 3, 1000])
        {
            using var folder = new LogFolder();
            using var log = new RollingLogFile(folder.Log, 1000, 1);
            foreach (var part in Encoding.UTF8.GetBytes(written).Chunk(chunk))
            {
                log.Write(part);
            }

            Assert.Equal(expected?.Replace("[31m", "\\x1b[31m", StringComparison.Ordinal), log.LastLine);
        }
    }

    [Fact]
    public void Thousands_of_empty_lines_do_not_hide_the_last_one_that_says_something()
    {
        using var folder = new LogFolder();
        using var log = new RollingLogFile(folder.Log, 1000, 1);
        log.Write("why\n"u8);
        for (var i = 0; i < 5000; i++)
        {
            log.Write("\n"u8);
        }

        Assert.Equal("why", log.LastLine);
    }

    [Fact]
    public void Of_a_long_last_line_the_beginning_is_told()
    {
        using var folder = new LogFolder();
        using var log = new RollingLogFile(folder.Log, 1000, 1);
        log.Write(Encoding.UTF8.GetBytes($"x\n{new string('é', 600)}\n"));

        Assert.Equal(new string('é', 250), log.LastLine);
    }

    [Fact]
    public void Of_an_endless_last_line_the_end_is_told()
    {
        using var folder = new LogFolder();
        using var log = new RollingLogFile(folder.Log, 1_000_000, 1);
        log.Write(Encoding.UTF8.GetBytes(new string('a', 100_000) + new string('z', 250)));
        log.Write(Encoding.UTF8.GetBytes(new string('z', 250)));

        Assert.Equal(new string('z', 500), log.LastLine);
    }

    [Fact]
    public void What_is_no_utf8_is_replaced()
    {
        using var folder = new LogFolder();
        using var log = new RollingLogFile(folder.Log, 1000, 1);
        log.Write([0xff, (byte)'a', 0xc3]);

        Assert.Equal("\ufffda\ufffd", log.LastLine);
    }

    [Fact]
    public void A_new_process_has_no_last_line()
    {
        using var folder = new LogFolder();
        using var log = new RollingLogFile(folder.Log, 1000, 1);
        log.Write("one\n"u8);
        log.MarkStart();
        Assert.Null(log.LastLine);

        log.Write("two"u8);
        Assert.Equal("two", log.LastLine);
    }
}
