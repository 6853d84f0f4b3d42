using ExtGap.Supervisor.Logs;
using FsCheck.Xunit;

namespace ExtGap.Supervisor.Tests.Logs;

[Properties(MaxTest = 150)]
public sealed class RotationProperties
{
    [Property]
    public void Whatever_is_written_in_whatever_chunks_is_in_the_files_byte_for_byte(int seed)
    {
        var random = new Random(seed);
        var maxSize = random.Next(1, 3000);
        int[] backupChoices = [0, 1, 3, 100_000];
        var backups = backupChoices[random.Next(backupChoices.Length)];
        using var folder = new LogFolder();
        var written = RandomLines(random, maxSize);
        using (var log = new RollingLogFile(folder.Log, maxSize, backups))
        {
            for (var at = 0; at < written.Length;)
            {
                var count = Math.Min(written.Length - at, random.Next(10) == 0 ? random.Next(1, 3 * maxSize) : random.Next(1, 200));
                log.Write(written.AsSpan(at, count));
                at += count;
            }

            Assert.Equal(0, log.Losses.Bytes);
        }

        var files = folder.Files();
        var kept = files.SelectMany(file => file).ToArray();
        Assert.True(files.Count <= backups + 1);
        Assert.Equal(written[^kept.Length..], kept);
        Assert.True(files.Count == backups + 1 || kept.Length == written.Length, "A file was lost.");
        AssertWellCut(files, maxSize);
    }

    [Fact]
    public void Two_chunks_cut_at_any_byte_make_the_same_files()
    {
        var text = "one\ntwo\n\nfour is longer\nfive\nsix is far longer than a file may be\nseven\n\n\nend"u8;
        List<byte[]>? expected = null;
        for (var cut = 1; cut < text.Length; cut++)
        {
            using var folder = new LogFolder();
            using var log = new RollingLogFile(folder.Log, 16, 100);
            log.Write(text[..cut]);
            log.Write(text[cut..]);

            expected ??= folder.Files();
            AssertWellCut(expected, 16);
            Assert.Equal(expected, folder.Files());
        }
    }

    [Fact]
    public void Bytes_that_come_one_by_one_make_the_same_files_as_all_at_once()
    {
        var text = "one\ntwo\n\nfour is longer\nfive\nsix is far longer than a file may be\nseven\n\n\nend"u8;
        using var atOnce = new LogFolder();
        using var oneByOne = new LogFolder();
        using var first = new RollingLogFile(atOnce.Log, 16, 100);
        using var second = new RollingLogFile(oneByOne.Log, 16, 100);
        first.Write(text);
        foreach (var value in text)
        {
            second.Write([value]);
        }

        Assert.Equal(atOnce.Files(), oneByOne.Files());
    }

    private static void AssertWellCut(List<byte[]> files, int maxSize)
    {
        for (var i = 0; i < files.Count; i++)
        {
            var isOneLine = !files[i].AsSpan(0, files[i].Length - 1).Contains((byte)'\n');
            Assert.True(files[i].Length <= maxSize || isOneLine, $"File {i} has {files[i].Length} bytes.");
            if (i + 1 < files.Count)
            {
                Assert.Equal((byte)'\n', files[i][^1]);
                var firstLine = Array.IndexOf(files[i + 1], (byte)'\n') is >= 0 and var newline ? newline + 1 : files[i + 1].Length;
                Assert.True(files[i].Length + firstLine > maxSize, $"File {i} had room for the next line.");
            }
        }
    }

    // Any bytes at all, so most of it is no UTF-8.
    private static byte[] RandomLines(Random random, int maxSize)
    {
        var bytes = new List<byte>();
        for (var lines = random.Next(1, 200); lines > 0; lines--)
        {
            var line = new byte[random.Next(20) switch { 0 => random.Next(2 * maxSize), < 4 => 0, _ => random.Next(100) }];
            random.NextBytes(line);
            line.AsSpan().Replace((byte)'\n', (byte)0);
            bytes.AddRange(line);
            bytes.Add((byte)'\n');
        }

        return random.Next(2) == 0 || bytes.Count == 1 ? [.. bytes] : [.. bytes.SkipLast(1)];
    }
}
