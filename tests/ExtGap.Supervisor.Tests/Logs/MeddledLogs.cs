using ExtGap.Supervisor.Logs;
using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Supervisor.Tests.Logs;

/// <summary>Somebody moves, deletes or cuts what is being written to.</summary>
public sealed class MeddledLogs : IDisposable
{
    private readonly LogFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RollingLogFile _log;

    public MeddledLogs()
    {
        _log = new(_folder.Log, 1000, 3, _time);
        _log.Write("one\n"u8);
    }

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_deleted_log_is_made_anew_within_a_second()
    {
        File.Delete(_folder.Log);
        WriteASecondLater();

        Assert.Equal("two\n", _folder.Text);
    }

    [Fact]
    public void A_replaced_log_is_gone_on_with()
    {
        File.Move(_folder.Log, _folder.Log + ".moved");
        File.WriteAllText(_folder.Log, "other\n");
        WriteASecondLater();

        Assert.Equal("other\ntwo\n", _folder.Text);
        Assert.Equal("one\n", File.ReadAllText(_folder.Log + ".moved"));
    }

    [Fact]
    public void A_log_in_a_deleted_folder_is_made_anew_with_the_folder()
    {
        Directory.Delete(_folder.Path, recursive: true);
        WriteASecondLater();

        Assert.Equal("two\n", _folder.Text);
        Assert.Equal(0, _log.Losses.Bytes);
    }

    [Fact]
    public void The_file_is_looked_after_no_more_than_once_a_second()
    {
        File.Delete(_folder.Log);
        _time.Advance(TimeSpan.FromSeconds(0.9));
        _log.Write("two\n"u8);
        Assert.False(File.Exists(_folder.Log));

        _time.Advance(TimeSpan.FromSeconds(0.1));
        _log.Write("three\n"u8);
        Assert.Equal("three\n", _folder.Text);
    }

    [Fact]
    public void A_log_that_somebody_cut_has_no_hole()
    {
        File.WriteAllText(_folder.Log, "");
        _log.Write("two\n"u8);

        Assert.Equal("two\n", _folder.Text);
    }

    [Fact]
    public void A_log_that_somebody_else_writes_to_loses_nothing_of_either()
    {
        File.AppendAllText(_folder.Log, "other");
        _log.Write("two\n"u8);

        Assert.Equal("one\nother\ntwo\n", _folder.Text);
    }

    [Fact]
    public void A_log_whose_name_a_folder_has_taken_drops_and_counts_until_it_is_gone()
    {
        File.Delete(_folder.Log);
        Directory.CreateDirectory(_folder.Log);
        WriteASecondLater();
        _log.Write("three\n"u8);
        Assert.Equal(new LogLosses(10, "Permission denied"), _log.Losses);

        Directory.Delete(_folder.Log);
        _log.Write("four\n"u8);
        Assert.Equal("[extgap] 10 bytes dropped: Permission denied\nfour\n", _folder.Text);
    }

    [Fact]
    public void A_log_that_can_not_be_made_at_first_is_made_as_soon_as_it_can()
    {
        var path = Path.Combine(_folder.Log, "below", "x.log");
        using var log = new RollingLogFile(path, 1000, 3, _time);
        log.Write("one\n"u8);
        Assert.Equal(4, log.Losses.Bytes);

        File.Delete(_folder.Log);
        log.Write("two\n"u8);
        Assert.Equal($"[extgap] 4 bytes dropped: {log.Losses.Why}\ntwo\n", File.ReadAllText(path));
    }

    [Fact]
    public void A_rotation_that_is_refused_stops_nothing_and_is_tried_again_within_a_second()
    {
        var inTheWay = Path.Combine(_folder.Log + ".1", "full");
        Directory.CreateDirectory(inTheWay);
        var lines = LogFolder.NumberedLines(0, 30);
        _log.Write(lines);
        Assert.Equal(["one\n"u8.ToArray().Concat(lines).ToArray()], [File.ReadAllBytes(_folder.Log)]);

        Directory.Delete(_folder.Log + ".1", recursive: true);
        _log.Write("two\n"u8);
        Assert.False(File.Exists(_folder.Log + ".1"));

        _time.Advance(TimeSpan.FromSeconds(1));
        _log.Write("three\n"u8);
        Assert.Equal("three\n", _folder.Text);
        Assert.Equal(0, _log.Losses.Bytes);
    }

    private void WriteASecondLater()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        _log.Write("two\n"u8);
    }
}
