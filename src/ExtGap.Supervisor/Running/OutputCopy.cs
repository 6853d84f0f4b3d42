using System.Buffers;

namespace ExtGap.Supervisor.Running;

/// <summary>Copies a pipe to a sink.</summary>
internal static class OutputCopy
{
    // Lines of a quiet child fit; of such buffers each child has two for as long as it lives.
    private const int QuietSize = 1024;

    // Linux' pipes hold this much, and a read never gives more.
    private const int LoudSize = 64 * 1024;

    /// <summary>Copies until the end of the pipe. The large buffer is borrowed only while there is much to read.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled before the end.</exception>
    public static async Task RunAsync(Stream pipe, IOutputSink sink, CancellationToken cancellationToken)
    {
        // CliWrap calls this on the thread that spawns, which has other things to do.
        await Task.Yield();
        var quiet = new byte[QuietSize];
        int length;
        while ((length = await pipe.ReadAsync(quiet, cancellationToken)) > 0)
        {
            sink.Write(quiet.AsSpan(0, length));
            if (length == quiet.Length)
            {
                await CopyLoudAsync(pipe, sink, cancellationToken);
            }
        }
    }

    private static async Task CopyLoudAsync(Stream pipe, IOutputSink sink, CancellationToken cancellationToken)
    {
        var loud = ArrayPool<byte>.Shared.Rent(LoudSize);
        try
        {
            int length;
            do
            {
                length = await pipe.ReadAsync(loud, cancellationToken);
                sink.Write(loud.AsSpan(0, length));
            }
            while (length >= QuietSize);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(loud);
        }
    }
}
