using System.Text;

namespace ExtGap.Supervisor.Tests.Logs;

/// <summary>A console that takes nothing until it goes on, as a terminal behind Ctrl-S.</summary>
internal sealed class StoppedConsole : TextWriter
{
    private readonly StringBuilder _text = new();
    private readonly ManualResetEventSlim _goesOn = new();
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _flushed = new(0);

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>When somebody waits for it.</summary>
    public Task IsWrittenTo => _written.Task;

    public void GoOn() => _goesOn.Set();

    /// <summary>Waits until it shows a text last.</summary>
    public async Task HasAsync(string end, CancellationToken cancellationToken)
    {
        while (!ToString().EndsWith(end, StringComparison.Ordinal))
        {
            await _flushed.WaitAsync(cancellationToken);
        }
    }

    public override void Write(string? value)
    {
        _written.TrySetResult();
        _goesOn.Wait();
        lock (_text)
        {
            _text.Append(value);
        }
    }

    public override void Flush() => _flushed.Release();

    public override string ToString()
    {
        lock (_text)
        {
            return _text.ToString();
        }
    }

    protected override void Dispose(bool disposing)
    {
        _goesOn.Set();
        base.Dispose(disposing);
    }
}
