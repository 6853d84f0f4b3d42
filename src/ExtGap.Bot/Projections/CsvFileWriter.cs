using System.Buffers;

namespace ExtGap.Bot.Projections;

/// <summary>Writes rows into a file through one growing buffer, which goes to the file when it is full or on request.</summary>
internal sealed class CsvFileWriter : IBufferWriter<byte>, IDisposable
{
    private const int FlushAt = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FlushAt);
    private readonly FileStream _file;

    public CsvFileWriter(FileStream file) => _file = file;

    public Span<byte> GetSpan(int sizeHint = 0) => _buffer.GetSpan(sizeHint);

    public Memory<byte> GetMemory(int sizeHint = 0) => _buffer.GetMemory(sizeHint);

    public void Advance(int count)
    {
        _buffer.Advance(count);
        if (_buffer.WrittenCount >= FlushAt)
        {
            Flush();
        }
    }

    /// <summary>Gives everything to the file.</summary>
    public void Flush()
    {
        _file.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }

    public void Dispose() => _file.Dispose();
}
