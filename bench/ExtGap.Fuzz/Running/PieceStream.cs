using ExtGap.Fuzz.Inputs;

namespace ExtGap.Fuzz.Running;

/// <summary>A connection whose other side has sent an input and gone: it comes in pieces, whose sizes depend on the input alone.</summary>
internal sealed class PieceStream : Stream
{
    private const int LargestPiece = 5000;

    private readonly byte[] _input;
    private readonly MemoryStream _written = new();
    private Rng _rng;
    private int _position;

    public PieceStream(byte[] input)
    {
        _input = input;
        _rng = new(Hash(input));
    }

    /// <summary>What was said to the other side.</summary>
    public byte[] Written => _written.ToArray();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var most = _rng.OneIn(2) ? LargestPiece : 1 + _rng.Below(16);
        var count = Math.Min(Math.Min(buffer.Length, most), _input.Length - _position);
        _input.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override void Write(byte[] buffer, int offset, int count) => _written.Write(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _written.Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // FNV-1a: the framework's own hash differs from process to process.
    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 14_695_981_039_346_656_037;
        foreach (var b in bytes[..Math.Min(bytes.Length, 256)])
        {
            hash = (hash ^ b) * 1_099_511_628_211;
        }

        return hash;
    }
}
