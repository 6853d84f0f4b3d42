using System.Globalization;
using System.Text;
using ExtGap.Supervisor.Logs;

namespace ExtGap.Supervisor.Tests.Logs;

public sealed class FollowedLogs : IDisposable
{
    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 10_000)]
    public async Task A_follower_begins_with_the_last_lines_and_goes_on_with_what_is_written()
    {
        using var log = new RollingLogFile(_folder.Log, 1000, 3);
        log.Write("one\ntwo\nthree\n"u8);
        await using var follower = log.Follow(2, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.Equal("two\nthree", await NextAsync(follower));

        log.Write("four\n"u8);
        Assert.Equal("four", await NextAsync(follower));
    }

    [Fact(Timeout = 10_000)]
    public async Task The_last_lines_reach_back_over_backups_and_over_an_earlier_run()
    {
        File.WriteAllText(_folder.Log + ".2", "one\ntwo\n");
        File.WriteAllText(_folder.Log + ".1", "three\n");
        File.WriteAllText(_folder.Log, "four\n");
        using var log = new RollingLogFile(_folder.Log, 1000, 3);
        log.Write("five\nunfi"u8);
        await using var follower = log.Follow(4, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.Equal("two", await NextAsync(follower));
        Assert.Equal("three", await NextAsync(follower));
        Assert.Equal("four\nfive", await NextAsync(follower));
        log.Write("nished\n"u8);
        Assert.Equal("unfinished", await NextAsync(follower));
    }

    [Fact(Timeout = 10_000)]
    public async Task An_unfinished_line_waits_until_it_is_finished()
    {
        using var log = new RollingLogFile(_folder.Log, 1000, 3);
        await using var follower = log.Follow(0, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = NextAsync(follower);
        log.Write("o"u8);
        log.Write("n"u8);
        log.Write("e"u8);
        Assert.False(next.IsCompleted);

        log.Write("\ntwo"u8);
        Assert.Equal("one", await next);
    }

    [Fact(Timeout = 10_000)]
    public async Task An_unfinished_line_that_moves_to_the_next_file_comes_once()
    {
        using var log = new RollingLogFile(_folder.Log, 10, 1);
        await using var follower = log.Follow(0, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = NextAsync(follower);
        log.Write("one\ntwo"u8);
        Assert.Equal("one", await next);

        log.Write("four\n"u8);
        Assert.Equal("twofour", await NextAsync(follower));
        Assert.Equal("twofour\n", _folder.Text);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_very_long_line_comes_in_pieces_without_waiting_for_its_end_even_if_it_moves()
    {
        using var log = new RollingLogFile(_folder.Log, 150_000, 2);
        await using var follower = log.Follow(0, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = NextAsync(follower);
        var line = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"é{i:D5} "));
        var bytes = Encoding.UTF8.GetBytes($"{line}\nafter\n");
        log.Write("before\n"u8);
        Assert.Equal("before", await next);

        List<string> pieces = [];
        log.Write(bytes.AsSpan(0, 70_000));
        pieces.Add(await NextAsync(follower));
        log.Write(bytes.AsSpan(70_000));
        while (!pieces[^1].EndsWith("after", StringComparison.Ordinal))
        {
            pieces.Add(await NextAsync(follower));
        }

        Assert.Equal($"{line}|after", string.Concat(pieces.SkipLast(1)) + '|' + pieces[^1]);
        Assert.All(pieces, piece => Assert.InRange(Encoding.UTF8.GetByteCount(piece), 1, LogFollower.MaxText));
        Assert.Equal("before\n", File.ReadAllText(_folder.Log + ".2"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Followers_miss_and_repeat_nothing_across_rotations_at_full_speed_however_slow_they_are()
    {
        const int Lines = 300_000;
        using var log = new RollingLogFile(_folder.Log, 256 * 1024, 2);
        var written = new TaskCompletionSource();
        var followers = new[] { Task.CompletedTask, Task.CompletedTask, written.Task }
            .Select(after => ReadNumbersAsync(log.Follow(0, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken), Lines, after)).ToArray();

        await Task.Run(() => WriteNumbers(log, Lines), TestContext.Current.CancellationToken);
        written.SetResult();
        Assert.All(await Task.WhenAll(followers), count => Assert.Equal(Lines, count));
        Assert.Equal(0, log.Losses.Bytes);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_begins_to_follow_amid_rotations_misses_and_repeats_nothing_from_there_on()
    {
        using var log = new RollingLogFile(_folder.Log, 256 * 1024, 5);
        using var thousands = new SemaphoreSlim(0);
        var lines = 0;
        var writer = Task.Run(
            async () =>
            {
                for (; lines < 400_000; lines += 1000)
                {
                    await thousands.WaitAsync(TestContext.Current.CancellationToken);
                    log.Write(LogFolder.NumberedLines(lines, 1000));
                }
            },
            TestContext.Current.CancellationToken);
        var followers = new List<Task<(int First, int Next)>>();
        for (var i = 0; i < 20; i++)
        {
            thousands.Release(20);
            var follower = log.Follow(1500, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
            Assert.True(await follower.MoveNextAsync());
            followers.Add(Task.Run(() => ReadToEndAsync(follower), TestContext.Current.CancellationToken));
        }

        await writer;
        log.Dispose();
        Assert.All(await Task.WhenAll(followers), read => Assert.Equal(lines, read.Next));
    }

    [Fact(Timeout = 10_000)]
    public async Task Who_follows_a_log_that_has_ended_has_its_last_lines()
    {
        var log = new RollingLogFile(_folder.Log, 1000, 1);
        log.Write("one\ntwo\n"u8);
        log.Dispose();

        await using var follower = log.Follow(1, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.Equal("two", await NextAsync(follower));
        Assert.False(await follower.MoveNextAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_is_too_far_behind_is_moved_forward_and_told_how_far()
    {
        using var log = new RollingLogFile(_folder.Log, 4_000_000, 2);
        await using var follower = log.Follow(0, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = NextAsync(follower);
        log.Write(LogFolder.NumberedLines(0, 1));
        await next;
        for (var from = 1; from < 900_000; from += 1000)
        {
            log.Write(LogFolder.NumberedLines(from, 1000));
        }

        log.Dispose();
        var told = await NextAsync(follower);
        Assert.Matches("^\\[extgap\\] [0-9,]+ bytes skipped", told);
        var skipped = long.Parse(told.Split(' ')[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.InRange(skipped, LogFollower.MaxLag, LogFollower.MaxLag + 8_000_000);
        var read = 100L;
        while (await follower.MoveNextAsync())
        {
            read += follower.Current.Length + 1;
        }

        Assert.Equal(90_000_100, read + skipped);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_follower_ends_with_the_log_and_has_its_last_words()
    {
        var log = new RollingLogFile(_folder.Log, 1000, 3);
        await using var follower = log.Follow(0, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = NextAsync(follower);
        log.Write("one\nlast words"u8);
        Assert.Equal("one", await next);

        log.Dispose();
        Assert.Equal("last words", await NextAsync(follower));
        Assert.False(await follower.MoveNextAsync());
    }

    [Fact(Timeout = 10_000)]
    public async Task A_deleted_log_is_followed_to_its_end_and_on_in_the_new_one()
    {
        using var log = new RollingLogFile(_folder.Log, 8, 0);
        await using var follower = log.Follow(0, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = NextAsync(follower);
        log.Write("one\n"u8);
        Directory.Delete(_folder.Path, recursive: true);
        log.Write("two\n"u8);
        log.Write("three\n"u8);

        var texts = new List<string> { await next };
        while (texts[^1] != "three")
        {
            texts.Add(await NextAsync(follower));
        }

        Assert.Equal("one\ntwo\nthree", string.Join('\n', texts));
        Assert.Equal("three\n", _folder.Text);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_follower_that_goes_lets_go_of_all_files()
    {
        using var log = new RollingLogFile(_folder.Log, 100, 1);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var follower = log.Follow(0, gone.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = follower.MoveNextAsync();
        log.Write("one\n"u8);
        Assert.True(await next);
        log.Write(LogFolder.NumberedLines(0, 20));
        Assert.NotEqual(1, OpenFiles());

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await follower.MoveNextAsync());
        await follower.DisposeAsync();
        Assert.Equal(1, OpenFiles());
    }

    private int OpenFiles() => Directory.GetFiles("/proc/self/fd")
        .Count(file => new FileInfo(file).LinkTarget?.StartsWith(_folder.Path, StringComparison.Ordinal) == true);

    private static async Task<string> NextAsync(IAsyncEnumerator<string> follower)
    {
        Assert.True(await follower.MoveNextAsync());
        return follower.Current;
    }

    private static void WriteNumbers(RollingLogFile log, int count)
    {
        var random = new Random(1);
        var lines = LogFolder.NumberedLines(0, count).AsSpan();
        while (!lines.IsEmpty)
        {
            var length = Math.Min(lines.Length, random.Next(1, 100_000));
            log.Write(lines[..length]);
            lines = lines[length..];
        }
    }

    private static async Task<int> ReadNumbersAsync(IAsyncEnumerator<string> follower, int expected, Task after)
    {
        await using (follower)
        {
            // It follows from the first call on.
            var next = follower.MoveNextAsync();
            await after;
            for (var count = 0; ; next = follower.MoveNextAsync())
            {
                Assert.True(await next);
                count = CheckNumbers(follower.Current, count);
                if (count == expected)
                {
                    return count;
                }
            }
        }
    }

    private static async Task<(int First, int Next)> ReadToEndAsync(IAsyncEnumerator<string> follower)
    {
        var first = int.Parse(follower.Current.AsSpan(0, 9), CultureInfo.InvariantCulture);
        var next = CheckNumbers(follower.Current, first);
        while (await follower.MoveNextAsync())
        {
            next = CheckNumbers(follower.Current, next);
        }

        await follower.DisposeAsync();
        return (first, next);
    }

    private static int CheckNumbers(string text, int next)
    {
        foreach (var line in text.Split('\n'))
        {
            Assert.Equal(99, line.Length);
            Assert.Equal(next++, int.Parse(line.AsSpan(0, 9), CultureInfo.InvariantCulture));
        }

        return next;
    }
}
