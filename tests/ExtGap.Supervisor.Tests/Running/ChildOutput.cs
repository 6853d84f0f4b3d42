using System.Globalization;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Tests.Running.Support;

namespace ExtGap.Supervisor.Tests.Running;

public sealed class ChildOutput
{
    [Fact(Timeout = 600_000)]
    public async Task The_last_words_of_a_crash_are_kept()
    {
        // On both streams, ended by a signal in the middle of its work.
        const string Script = "i=0; while [ $i -lt 40 ]; do echo \"line $i\"; echo \"error $i\" >&2; i=$((i+1)); done; kill -SEGV $$";
        var expected = Enumerable.Range(0, 40).ToArray();
        var cancellationToken = TestContext.Current.CancellationToken;
        await Parallel.ForAsync(0, Repeated.Amount(100, 1000), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (_, _) =>
        {
            await using var child = await TestChild.ShellAsync(Script);

            await child.WaitAsync();
            Assert.Equal(expected.Select(i => $"line {i}"), child.Output.Lines);
            Assert.Equal(expected.Select(i => $"error {i}"), child.Error.Lines);
        });
    }

    [Fact(Timeout = Repeated.Timeout)]
    public Task The_trace_of_a_NET_program_s_crash_is_kept() => Repeated.RunAsync(async () =>
    {
        await using var child = await TestChild.RunAsync(Executables.TestProgram, "lines", "1000", "crash");

        await child.WaitAsync();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"line {i}"), child.Output.Lines);
        Assert.Contains("System.InvalidOperationException: crash on demand", child.Error.Text, StringComparison.Ordinal);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 600_000)]
    public async Task Not_a_byte_of_a_flood_is_lost()
    {
        var bytes = Repeated.Amount(64, 1024) * 1024L * 1024;
        var counter = new FloodCounter();
        var start = TestChild.Start(Executables.TestProgram, "flood", bytes.ToString(CultureInfo.InvariantCulture)) with { Output = counter };
        var started = TimeProvider.System.GetTimestamp();

        var child = (await TestChild.TryAsync(start)).Child!;

        await child.Gone.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(bytes, counter.Bytes);
        Assert.Null(counter.Fault);
        TestContext.Current.SendDiagnosticMessage($"{bytes / TimeProvider.System.GetElapsedTime(started).TotalSeconds / 1e9:0.00} GB/s");
    }

    [Fact(Timeout = 600_000)]
    public async Task A_child_that_writes_line_upon_line_is_not_read_for_each()
    {
        const int Lines = 100_000;
        var counter = new PieceCounter();
        var start = TestChild.Start("sh", "-c", $"i=0; while [ $i -lt {Lines} ]; do echo 123456789; i=$((i+1)); done") with { Output = counter };
        var started = TimeProvider.System.GetTimestamp();

        var child = (await TestChild.TryAsync(start)).Child!;

        await child.Gone.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Lines * 10, counter.Bytes);

        // A rest between two reads, but for those of a full pipe, and the first two. A read a line would be many times more.
        var rests = TimeProvider.System.GetElapsedTime(started) / ReadPace.Rest;
        Assert.InRange(counter.Pieces, 1, 3 + rests + (counter.Bytes / (ReadPace.PipeSize / 2)));
    }

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_line_of_50_MB_is_whole() => Repeated.RunAsync(async () =>
    {
        const int Length = 50_000_000;
        await using var child = await TestChild.RunAsync(Executables.TestProgram, "long-line", Length.ToString(CultureInfo.InvariantCulture));

        await child.WaitAsync();
        var bytes = child.Output.Bytes;
        Assert.Equal(Length, bytes.Length);
        for (var i = 1; i < Length; i++)
        {
            if (bytes[i - 1] != 'a' + (i % 26))
            {
                Assert.Fail($"Byte {i} is {bytes[i - 1]}.");
            }
        }
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task Bytes_that_are_no_UTF_8_arrive_as_they_are() => Repeated.RunAsync(async () =>
    {
        await using var child = await TestChild.RunAsync(Executables.TestProgram, "not-utf8");

        await child.WaitAsync();
        Assert.Equal(Enumerable.Range(0, 256).Select(i => (byte)i), child.Output.Bytes);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_child_that_closes_its_output_goes_on_living() => Repeated.RunAsync(async () =>
    {
        await using var child = await TestChild.ShellAsync("echo bye; exec >&- 2>&-; read line");
        await child.Output.WaitForLinesAsync(1);
        await using var probe = await TestChild.ShellAsync("echo later");
        await probe.WaitAsync();

        Assert.False(child.Process.Ended.IsCompleted);
    }, TestContext.Current.CancellationToken);

    /// <summary>Counts the calls: each is a write to a log.</summary>
    private sealed class PieceCounter : IOutputSink
    {
        public int Pieces { get; private set; }

        public long Bytes { get; private set; }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            Pieces++;
            Bytes += bytes.Length;
        }
    }

    /// <summary>Checks the numbered lines of the test program's flood.</summary>
    private sealed class FloodCounter : IOutputSink
    {
        private const int LineLength = 8;
        private readonly byte[] _line = new byte[LineLength];

        public long Bytes { get; private set; }

        public string? Fault { get; private set; }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            foreach (var value in bytes)
            {
                _line[Bytes % LineLength] = value;
                Bytes++;
                if (Bytes % LineLength == 0)
                {
                    Check((Bytes / LineLength) - 1);
                }
            }
        }

        private void Check(long number)
        {
            // Seven digits: the number starts again at ten million.
            if (!int.TryParse(_line.AsSpan(0, LineLength - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var found) || found != number % 10_000_000)
            {
                Fault ??= $"Line {number} is another.";
            }
        }
    }
}
