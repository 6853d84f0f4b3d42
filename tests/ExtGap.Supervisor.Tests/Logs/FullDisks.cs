using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ExtGap.Supervisor.Logs;

namespace ExtGap.Supervisor.Tests.Logs;

public sealed partial class FullDisks
{
    [Fact(Timeout = 30_000)]
    public async Task What_a_full_disk_does_not_take_is_counted_to_the_byte_and_told_when_it_takes_more()
    {
        using var disk = await SmallDisk.MountAsync("1m", TestContext.Current.CancellationToken);
        Assert.SkipWhen(disk is null, SmallDisk.Missing);
        var filler = Path.Combine(disk.Path, "filler");
        File.WriteAllBytes(filler, new byte[512 * 1024]);
        using var log = new RollingLogFile(disk.Log, 10_000_000, 3);
        var lines = LogFolder.NumberedLines(0, 10_000);
        foreach (var chunk in lines.Chunk(65_000))
        {
            log.Write(chunk);
        }

        var kept = File.ReadAllBytes(disk.Log);
        Assert.InRange(kept.Length, 1, 512 * 1024);
        Assert.Equal(lines[..kept.Length], kept);
        Assert.Equal(new LogLosses(lines.Length - kept.Length, "No space left on device"), log.Losses);

        File.Delete(filler);
        log.Write("again\n"u8);
        var told = string.Create(CultureInfo.InvariantCulture, $"\n[extgap] {lines.Length - kept.Length:N0} bytes dropped: No space left on device\nagain\n");
        Assert.Equal([.. kept, .. Encoding.UTF8.GetBytes(told)], File.ReadAllBytes(disk.Log));
    }

    [Fact(Timeout = 60_000)]
    public async Task On_a_disk_that_is_full_again_and_again_all_is_either_in_a_file_or_counted()
    {
        using var disk = await SmallDisk.MountAsync("400k", TestContext.Current.CancellationToken);
        Assert.SkipWhen(disk is null, SmallDisk.Missing);
        var random = new Random(1);
        var filler = Path.Combine(disk.Path, "filler");
        using var log = new RollingLogFile(disk.Log, 20_000, 100_000);
        var written = 0L;
        for (var round = 0; round < 150; round++)
        {
            // Some of it is free for a while.
            FillUp(filler, random.Next(6) * 4096);
            var lines = MarkedLines()[..random.Next(1, 20_000)];
            log.Write(lines);
            written += lines.Length;
            if (round % 15 == 14)
            {
                ForgetBackups(disk.Log, ref written);
            }
        }

        File.Delete(filler);
        log.Write("the end\n"u8);
        Assert.True(log.Losses.Bytes > 0, "The disk was never full.");
        AssertComplete(disk.Log, written, log.Losses.Bytes);

        void ForgetBackups(string path, ref long bytes)
        {
            for (var number = 1; File.Exists($"{path}.{number}"); number++)
            {
                bytes -= ProgramBytes(File.ReadAllText($"{path}.{number}"));
                _toldInForgotten += Told(File.ReadAllText($"{path}.{number}"));
                File.Delete($"{path}.{number}");
            }
        }
    }

    private long _toldInForgotten;

    private void AssertComplete(string log, long written, long dropped)
    {
        var text = string.Concat(LogFolder.FilesOf(log).Select(Encoding.UTF8.GetString));
        Assert.EndsWith("\nthe end\n", text, StringComparison.Ordinal);
        Assert.Equal(dropped, Told(text) + _toldInForgotten);
        Assert.Equal(written - dropped + "the end\n".Length, ProgramBytes(text));
    }

    private static long Told(string text) =>
        Notice().Matches(text).Sum(notice => long.Parse(notice.Groups["count"].ValueSpan, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));

    // A notice amid a line ends it by a newline that the program has not written: its own come after a $.
    private static long ProgramBytes(string text) => Notice().Replace(text, "").Length;

    private static byte[] MarkedLines()
    {
        var lines = LogFolder.NumberedLines(0, 200);
        for (var end = 99; end < lines.Length; end += 100)
        {
            lines[end - 1] = (byte)'$';
        }

        return lines;
    }

    private static void FillUp(string path, int free)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var block = new byte[4096];
        try
        {
            for (var length = 0L; ; length += block.Length)
            {
                RandomAccess.Write(file, block, length);
            }
        }
        catch (IOException)
        {
            RandomAccess.SetLength(file, Math.Max(0, RandomAccess.GetLength(file) - free));
        }
    }

    [GeneratedRegex(@"(?:(?<=[^$\n])\n)?\[extgap\] (?<count>[0-9,]+) bytes dropped: No space left on device\n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Notice();
}
