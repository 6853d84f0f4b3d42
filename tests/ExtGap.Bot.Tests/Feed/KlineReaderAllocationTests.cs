using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Market;
using ExtGap.Shared;

namespace ExtGap.Bot.Tests.Feed;

/// <summary>What a frame costs on its way from the socket's bytes. The least of some runs counts: see the core's allocation tests.</summary>
public sealed class KlineReaderAllocationTests
{
    private const int WarmUp = 2_000;
    private const int Measured = 10_000;

    private static readonly (int Index, Symbol Symbol)[] Symbols = [(0, Symbol.Parse("BTCUSDT")), (1, Symbol.Parse("ETHUSDT"))];

    [Fact(Timeout = 60_000)]
    public async Task Frames_of_open_candles_allocate_nothing()
    {
        var least = long.MaxValue;
        for (var run = 0; run < 5; run++)
        {
            using var stream = new FrameStream(i => Frames.Minute(0, isClosed: false, Symbols[i % 2].Symbol.ToString()), WarmUp, Measured);
            var inputs = await ReadAsync(stream, TestContext.Current.CancellationToken);

            // The first frame of each contract's candle, and none after it.
            Assert.Equal(2, inputs.Count);
            least = Math.Min(least, stream.Allocated);
        }

        Assert.Equal(0, least);
    }

    [Fact(Timeout = 60_000)]
    public async Task Frames_that_are_passed_on_do_allocate_so_this_way_of_measuring_sees_it()
    {
        using var stream = new FrameStream(i => Frames.Minute(i, isClosed: true), WarmUp, Measured);
        var inputs = await ReadAsync(stream, TestContext.Current.CancellationToken);

        Assert.Equal(WarmUp + Measured, inputs.Count);
        Assert.True(stream.Allocated >= Measured * 100L, $"{stream.Allocated}");
    }

    private static async Task<ChannelReader<FeedInput>> ReadAsync(FrameStream stream, CancellationToken cancellationToken)
    {
        var inputs = Channel.CreateUnbounded<FeedInput>();
        var context = new KlineSessionContext
        {
            Url = new("ws://127.0.0.1:1"),
            Subscription = new(Symbols, Minutes.Timeframe),
            Parser = new(new(Symbols.Select(s => s.Symbol)), Minutes.Timeframe),
            Clock = new(TimeProvider.System),
            Inputs = inputs.Writer,
            Time = TimeProvider.System,
            Log = new TestLog(),
            BadFrames = new RateLimit(TimeProvider.System),
            FrameSeen = _ => { },
        };
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions());
        var why = await new KlineReader(context, CancellationToken.None).ReadAsync(socket, cancellationToken);
        Assert.Contains("NormalClosure", why, StringComparison.Ordinal);
        return inputs.Reader;
    }

    /// <summary>A server's frames, which are always there, so that everything happens on the reader's thread.</summary>
    private sealed class FrameStream : Stream
    {
        private readonly byte[] _bytes;
        private readonly int _begin;
        private readonly int _end;
        private int _position;
        private long _before;
        private int _thread;

        public FrameStream(Func<int, string> frame, int warmUp, int measured)
        {
            var bytes = new MemoryStream();
            for (var i = 0; i < warmUp + measured; i++)
            {
                if (i == warmUp)
                {
                    _begin = (int)bytes.Length;
                }

                var payload = Encoding.UTF8.GetBytes(frame(i));
                bytes.Write([0x81, 126, (byte)(payload.Length >> 8), (byte)payload.Length, .. payload]);
            }

            _end = (int)bytes.Length;
            bytes.Write([0x88, 2, 1000 >> 8, 1000 & 0xFF]);
            _bytes = bytes.ToArray();
        }

        /// <summary>What was allocated between the warm-up's end and the last frame's, in bytes.</summary>
        public long Allocated { get; private set; } = -1;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _bytes.Length;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override int Read(Span<byte> buffer)
        {
            // Stops at both marks, so that they fall between two reads.
            var stop = _position < _begin ? _begin : _position < _end ? _end : _bytes.Length;
            if (_position == _begin)
            {
                _thread = Environment.CurrentManagedThreadId;
                _before = GC.GetAllocatedBytesForCurrentThread();
            }
            else if (_position == _end)
            {
                Allocated = GC.GetAllocatedBytesForCurrentThread() - _before;
                Assert.Equal(_thread, Environment.CurrentManagedThreadId);
            }

            var count = Math.Min(buffer.Length, stop - _position);
            _bytes.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public override void Write(byte[] buffer, int offset, int count)
        {
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
