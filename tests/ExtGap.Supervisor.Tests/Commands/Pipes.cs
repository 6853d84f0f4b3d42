using System.IO.Pipes;
using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Tests.Commands;

/// <summary>A pipe of the system's.</summary>
internal sealed class OpenPipe : IDisposable
{
    private readonly AnonymousPipeServerStream _write = new(PipeDirection.Out);
    private readonly AnonymousPipeClientStream _read;

    public OpenPipe() => _read = new(PipeDirection.In, _write.ClientSafePipeHandle);

    public int WriteEnd => (int)_write.SafePipeHandle.DangerousGetHandle();

    public string? ReadLine()
    {
        using var reader = new StreamReader(_read, leaveOpen: true);
        return reader.ReadLine();
    }

    public void CloseReader() => _read.Dispose();

    public void Dispose()
    {
        _read.Dispose();
        _write.Dispose();
    }
}

/// <summary>A pipe that nobody reads.</summary>
internal sealed class ClosedPipe : IAsyncDisposable
{
    private readonly OpenPipe _pipe = new();

    public ClosedPipe()
    {
        _pipe.CloseReader();
        Writer = new(new StandardOutput(_pipe.WriteEnd));
    }

    public StreamWriter Writer { get; }

    public ValueTask DisposeAsync()
    {
        // The writer is not disposed: what it still holds has nowhere to go.
        _pipe.Dispose();
        return ValueTask.CompletedTask;
    }
}
