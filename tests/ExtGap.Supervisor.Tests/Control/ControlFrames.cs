using System.Buffers.Binary;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Tests.Control;

public sealed class ControlFrames
{
    private static readonly ControlRequest[] Requests =
    [
        new ControlRequest.StartAll(IsNew: false),
        new ControlRequest.StopAll(true),
        new ControlRequest.Start(["3m", "é\"\u0001😀"]),
        new ControlRequest.Stop([]),
        new ControlRequest.Restart(["1h"]),
        new ControlRequest.Status(["15m"], 0.5),
        new ControlRequest.Status([], null),
        new ControlRequest.Logs(["3m"], true, 50, true),
        new ControlRequest.Reload(),
    ];

    private static readonly ControlReply[] Answers =
    [
        new ControlReply.Progress("3m: RUNNING"),
        new ControlReply.Report(Example.Status),
        new ControlReply.LogLines("3m", "première ligne\n\tdeuxième"),
        new ControlReply.Done(3),
        new ControlReply.Failed(64, "There is no program 5m."),
    ];

    [Fact]
    public void Every_case_of_the_messages_is_among_the_examples()
    {
        AssertCovers(typeof(ControlRequest), Requests);
        AssertCovers(typeof(ControlReply), Answers);
    }

    [Fact(Timeout = 30_000)]
    public async Task Every_request_comes_out_as_it_went_in()
    {
        foreach (var request in Requests)
        {
            var read = await PassAsync(request, ControlJson.Default.ControlRequest, ControlFraming.MaxRequestBytes, TestContext.Current.CancellationToken);
            Assert.Equal(request.GetType(), read.GetType());
            Assert.Equal(JsonSerializer.Serialize(request, ControlJson.Default.ControlRequest), JsonSerializer.Serialize(read, ControlJson.Default.ControlRequest));
        }

        var start = Assert.IsType<ControlRequest.Start>(await PassAsync(Requests[2], ControlJson.Default.ControlRequest, ControlFraming.MaxRequestBytes, TestContext.Current.CancellationToken));
        Assert.Equal(["3m", "é\"\u0001😀"], start.Names);
    }

    [Fact(Timeout = 30_000)]
    public async Task Every_reply_comes_out_as_it_went_in()
    {
        foreach (var reply in Answers)
        {
            var read = await PassAsync(reply, ControlJson.Default.ControlReply, ControlFraming.MaxReplyBytes, TestContext.Current.CancellationToken);
            Assert.Equal(reply.GetType(), read.GetType());
            Assert.Equal(JsonSerializer.Serialize(reply, ControlJson.Default.ControlReply), JsonSerializer.Serialize(read, ControlJson.Default.ControlReply));
        }

        var report = Assert.IsType<ControlReply.Report>(await PassAsync(Answers[1], ControlJson.Default.ControlReply, ControlFraming.MaxReplyBytes, TestContext.Current.CancellationToken));
        Assert.Equal(Example.Status.Programs[0].Bot!.Symbols[0], report.Status.Programs[0].Bot!.Symbols[0]);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_example_of_a_status_leaves_nothing_out()
    {
        // What is null or empty in the example would be lost unnoticed.
        using var json = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(Example.Status, ControlJson.Default.SupervisorStatus));
        AssertFull(json.RootElement, "status");
        Assert.NotNull(await PassAsync(Answers[1], ControlJson.Default.ControlReply, ControlFraming.MaxReplyBytes, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task Garbage_is_refused_with_a_sentence_whatever_it_is()
    {
        for (var seed = 0; seed < 20_000; seed++)
        {
            var bytes = Garbage.Of(new Random(seed));
            try
            {
                await ControlFraming.ReadAsync(new Trickle(bytes), ControlJson.Default.ControlRequest, ControlFraming.MaxRequestBytes, TestContext.Current.CancellationToken);
            }
            catch (ControlProtocolException e)
            {
                Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory(Timeout = 30_000)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(ControlFraming.MaxRequestBytes + 1)]
    public async Task A_length_that_no_message_has_is_refused_before_anything_is_read(int length)
    {
        var header = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(header, length);
        var stream = new Trickle([.. header, 1, 2, 3]);

        var fault = await Assert.ThrowsAsync<ControlProtocolException>(() => ReadRequestAsync(stream, TestContext.Current.CancellationToken));

        Assert.Contains(length.ToString(System.Globalization.CultureInfo.InvariantCulture), fault.Message, StringComparison.Ordinal);
        Assert.Equal(4, stream.Position);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_long_message_that_is_only_announced_takes_no_memory()
    {
        var header = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(header, ControlFraming.MaxReplyBytes);
        var cancellationToken = TestContext.Current.CancellationToken;
        await ReadAnnouncedAsync();

        var before = GC.GetAllocatedBytesForCurrentThread();
        await ReadAnnouncedAsync();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);

        // A memory stream answers at once, so all of it is allocated on this thread.
        async Task ReadAnnouncedAsync() => await Assert.ThrowsAsync<ControlProtocolException>(() => ControlFraming.ReadAsync(
            new MemoryStream([.. header, 1, 2, 3]), ControlJson.Default.ControlReply, ControlFraming.MaxReplyBytes, cancellationToken));
    }

    [Theory(Timeout = 30_000)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(10)]
    public async Task A_message_that_is_cut_off_is_told_from_the_end(int bytes)
    {
        var frame = RawClient.Frame("""{"verb":"reload"}""");
        var fault = await Assert.ThrowsAsync<ControlProtocolException>(() => ReadRequestAsync(new Trickle(frame[..bytes]), TestContext.Current.CancellationToken));
        Assert.Contains("ended within", fault.Message, StringComparison.Ordinal);
        Assert.Null(await ReadRequestAsync(new Trickle([]), TestContext.Current.CancellationToken));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"verb":"destroy"}""")]
    [InlineData("""{"verb":1}""")]
    [InlineData("""{"verb":"start"}""")]
    [InlineData("""{"verb":"start","names":null}""")]
    [InlineData("""{"verb":"start","names":"3m"}""")]
    [InlineData("""{"verb":"start","names":["\ud800"]}""")]
    [InlineData("""{"verb":"stop-all","keepSupervisor":"yes"}""")]
    [InlineData("""{"verb":"logs","names":[],"stderr":false,"lines":1e99,"follow":false}""")]
    [InlineData("""{"verb":"reload"} {"verb":"reload"}""")]
    public async Task What_is_not_a_request_is_refused(string json)
    {
        var fault = await Assert.ThrowsAsync<ControlProtocolException>(() => ReadRequestAsync(new MemoryStream(RawClient.Frame(json)), TestContext.Current.CancellationToken));
        Assert.StartsWith("A message ", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_message_that_is_too_long_is_not_begun()
    {
        using var stream = new MemoryStream();
        await Assert.ThrowsAsync<ControlProtocolException>(() => ControlFraming.WriteAsync<ControlRequest>(
            stream, new ControlRequest.Start([new('x', ControlFraming.MaxRequestBytes)]), ControlJson.Default.ControlRequest, ControlFraming.MaxRequestBytes, TestContext.Current.CancellationToken));
        Assert.Equal(0, stream.Length);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_longest_reply_passes_in_small_pieces()
    {
        var empty = JsonSerializer.SerializeToUtf8Bytes<ControlReply>(new ControlReply.Progress(string.Empty), ControlJson.Default.ControlReply).Length;
        var text = new string('x', ControlFraming.MaxReplyBytes - empty);
        var read = await PassAsync<ControlReply>(new ControlReply.Progress(text), ControlJson.Default.ControlReply, ControlFraming.MaxReplyBytes, TestContext.Current.CancellationToken);
        Assert.Equal(text, Assert.IsType<ControlReply.Progress>(read).Text);
    }

    private static Task<ControlRequest?> ReadRequestAsync(Stream stream, CancellationToken cancellationToken) =>
        ControlFraming.ReadAsync(stream, ControlJson.Default.ControlRequest, ControlFraming.MaxRequestBytes, cancellationToken);

    private static async Task<T> PassAsync<T>(T message, JsonTypeInfo<T> type, int maxBytes, CancellationToken cancellationToken)
        where T : class
    {
        using var stream = new MemoryStream();
        await ControlFraming.WriteAsync(stream, message, type, maxBytes, cancellationToken);
        return Assert.IsAssignableFrom<T>(await ControlFraming.ReadAsync(new Trickle(stream.ToArray()), type, maxBytes, cancellationToken));
    }

    private static void AssertCovers(Type union, object[] examples) => Assert.Equal(
        union.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Where(type => type.IsSubclassOf(union)).Select(type => type.Name).Order(),
        examples.Select(example => example.GetType().Name).Distinct().Order());

    private static void AssertFull(JsonElement element, string path)
    {
        Assert.NotEqual(JsonValueKind.Null, element.ValueKind);
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                AssertFull(property.Value, $"{path}.{property.Name}");
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            Assert.True(element.GetArrayLength() > 0, path);
            AssertFull(element[0], $"{path}[0]");
        }
    }

    /// <summary>Gives what it has in pieces of odd sizes.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + (int)(Position % 1021))], cancellationToken);
    }
}
