using ExtGap.Supervisor.Logs;

namespace ExtGap.Supervisor.Tests.Logs;

public sealed class ReopenedLogs
{
    [Fact]
    public void A_log_that_is_there_is_gone_on_with_and_its_size_counts()
    {
        using var folder = new LogFolder();
        File.WriteAllText(folder.Log, "12345678\n");
        using var log = new RollingLogFile(folder.Log, 20, 3);
        log.Write("abc\n"u8);
        log.Write("defghij\n"u8);

        Assert.Equal(["12345678\nabc\n"u8.ToArray(), "defghij\n"u8.ToArray()], folder.Files());
    }

    [Fact]
    public void A_last_line_that_a_killed_writer_left_unfinished_is_ended()
    {
        using var folder = new LogFolder();
        File.WriteAllText(folder.Log, "whole\nhal");
        using var log = new RollingLogFile(folder.Log, 1000, 3);
        log.Write("next\n"u8);

        Assert.Equal("whole\nhal\nnext\n", folder.Text);
    }

    [Fact]
    public void A_log_larger_than_it_may_be_is_rotated_at_the_next_line()
    {
        using var folder = new LogFolder();
        File.WriteAllText(folder.Log, "12345678\n12345678\n");
        using var log = new RollingLogFile(folder.Log, 10, 3);
        log.Write("abc\n"u8);

        Assert.Equal(["12345678\n12345678\n"u8.ToArray(), "abc\n"u8.ToArray()], folder.Files());
    }

    [Fact]
    public void Missing_folders_are_made()
    {
        using var folder = new LogFolder();
        var path = Path.Combine(folder.Path, "a", "b", "x.log");
        using var log = new RollingLogFile(path, 1000, 3);
        log.Write("one\n"u8);

        Assert.Equal("one\n", File.ReadAllText(path));
        Assert.Null(log.Losses.Why);
    }

    [Fact]
    public void What_is_written_after_the_end_is_counted_as_dropped()
    {
        using var folder = new LogFolder();
        var log = new RollingLogFile(folder.Log, 1000, 3);
        log.Write("one\n"u8);
        log.Dispose();
        log.Dispose();
        log.Write("two\n"u8);

        Assert.Equal("one\n", folder.Text);
        Assert.Equal(4, log.Losses.Bytes);
    }
}
