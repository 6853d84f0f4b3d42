using ExtGap.Supervisor.Logs;

namespace ExtGap.Supervisor.Tests.Logs;

public sealed class LongLines
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public void A_line_of_50_MB_is_kept_whole_in_a_file_of_its_own()
    {
        using var folder = new LogFolder();
        using var log = new RollingLogFile(folder.Log, 10_000, 3);
        log.Write("before\n"u8);
        WriteLetters(log, 50 * Mebibyte);
        log.Write("\nafter\n"u8);

        var files = folder.Files();
        Assert.Equal([7, (50 * Mebibyte) + 1, 6], files.Select(file => file.Length));
        Assert.Equal(50 * Mebibyte, Array.IndexOf(files[1], (byte)'\n'));
        Assert.Equal("after\n"u8, files[2]);
    }

    [Fact]
    public void A_line_without_end_is_cut_at_64_MiB()
    {
        using var folder = new LogFolder();
        using var log = new RollingLogFile(folder.Log, 10_000, 3);
        log.Write("before\n"u8);
        WriteLetters(log, 65 * Mebibyte);
        log.Write("\nafter\n"u8);

        Assert.Equal([7, 64 * Mebibyte, Mebibyte + 1, 6], folder.Files().Select(file => file.Length));
    }

    private static void WriteLetters(RollingLogFile log, int count)
    {
        var chunk = new byte[60_000];
        chunk.AsSpan().Fill((byte)'a');
        for (; count > 0; count -= chunk.Length)
        {
            log.Write(chunk.AsSpan(0, Math.Min(count, chunk.Length)));
        }
    }
}
