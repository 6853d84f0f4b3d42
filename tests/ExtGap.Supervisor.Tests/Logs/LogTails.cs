using System.Text;
using ExtGap.Supervisor.Logs;

namespace ExtGap.Supervisor.Tests.Logs;

public sealed class LogTails : IDisposable
{
    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "seven")]
    [InlineData(2, "|seven")]
    [InlineData(3, "five||seven")]
    [InlineData(5, "three|four|five||seven")]
    [InlineData(7, "one|two|three|four|five||seven")]
    [InlineData(1000, "one|two|three|four|five||seven")]
    public void The_last_lines_reach_back_over_backups(int count, string expected)
    {
        File.WriteAllText(_folder.Log + ".3", "one\ntwo\n");
        File.WriteAllText(_folder.Log + ".2", "three\nfour\n");
        File.WriteAllText(_folder.Log + ".1", "five\n");
        File.WriteAllText(_folder.Log, "\nseven\n");

        Assert.Equal(expected, string.Join('|', LogTail.Lines(_folder.Log, count)));
    }

    [Fact]
    public void A_log_that_is_not_there_has_no_lines() => Assert.Empty(LogTail.Lines(_folder.Log, 10));

    [Fact]
    public void An_empty_log_has_no_lines()
    {
        File.WriteAllText(_folder.Log, "");
        Assert.Empty(LogTail.Lines(_folder.Log, 10));
    }

    [Fact]
    public void A_number_that_is_missing_amid_a_rotation_hides_nothing()
    {
        File.WriteAllText(_folder.Log + ".2", "one\n");
        File.WriteAllText(_folder.Log, "two\n");
        Assert.Equal(["one", "two"], LogTail.Lines(_folder.Log, 10));

        File.Move(_folder.Log, _folder.Log + ".1");
        Assert.Equal(["one", "two"], LogTail.Lines(_folder.Log, 10));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Backups_are_looked_for_behind_the_newest_file_wherever_that_has_gone(bool isDeleted)
    {
        File.WriteAllText(_folder.Log + ".1", "older");
        File.WriteAllText(_folder.Log, "newest, once");
        var parts = new List<LogPart>();
        try
        {
            Assert.True(LogTail.TryAdd(_folder.Log, parts));
            File.Move(_folder.Log + ".1", _folder.Log + ".2");
            File.Move(_folder.Log, _folder.Log + ".1");
            if (isDeleted)
            {
                File.Delete(_folder.Log + ".1");
            }

            Assert.Equal(!isDeleted, LogTail.OpenBackups(_folder.Log, parts));
            Assert.Equal(isDeleted ? [12] : [12, 5], parts.Select(part => part.Length));
        }
        finally
        {
            LogTail.Close(parts);
        }
    }

    [Fact]
    public void An_unfinished_line_is_shown_and_what_is_no_utf8_is_replaced()
    {
        File.WriteAllBytes(_folder.Log, [(byte)'a', (byte)'\n', 0xff, (byte)'b']);
        Assert.Equal(["a", "\ufffdb"], LogTail.Lines(_folder.Log, 10));
    }

    [Fact]
    public void Lines_of_any_length_are_found_across_blocks()
    {
        var random = new Random(1);
        var lines = Enumerable.Range(0, 400).Select(_ => new string((char)('a' + random.Next(26)), random.Next(8) == 0 ? random.Next(200_000) : random.Next(100))).ToArray();
        using (var log = new RollingLogFile(_folder.Log, 300_000, 1000))
        {
            log.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        }

        foreach (var count in (int[])[1, 2, 10, 57, 399, 400, 401])
        {
            Assert.Equal(lines.TakeLast(count), LogTail.Lines(_folder.Log, count));
        }
    }

    [Fact]
    public void Of_a_line_longer_than_a_mebibyte_the_beginning_is_shown_and_how_much_is_missing()
    {
        File.WriteAllText(_folder.Log, $"one\n{new string('a', 3_000_000)}\nthree\n");

        var lines = LogTail.Lines(_folder.Log, 3).ToArray();
        Assert.Equal($"{new string('a', LogTail.LongestLine)} [extgap] 1,951,424 bytes more in this line", lines[1]);
        Assert.Equal(["one", "three"], [lines[0], lines[2]]);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_log_that_is_rotated_meanwhile_shows_no_line_twice_and_leaves_none_out()
    {
        using var log = new RollingLogFile(_folder.Log, 5000, 20);
        log.Write(LogFolder.NumberedLines(0, 500));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var writer = Task.Run(
            () =>
            {
                for (var i = 500; !stop.IsCancellationRequested; i++)
                {
                    log.Write(LogFolder.NumberedLines(i, 1));
                }
            },
            TestContext.Current.CancellationToken);
        for (var i = 0; i < 300; i++)
        {
            var numbers = LogTail.Lines(_folder.Log, 120).Select(line => int.Parse(line.AsSpan(0, 9))).ToArray();
            Assert.Equal(Enumerable.Range(numbers[0], 120), numbers);
        }

        await stop.CancelAsync();
        await writer;
    }
}
