using System.Text;
using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Tests.Running.Support;

/// <summary>Keeps what a child writes.</summary>
internal sealed class RecordingSink : IOutputSink
{
    private readonly Lock _gate = new();
    private readonly List<byte> _bytes = [];
    private TaskCompletionSource _more = New();

    public byte[] Bytes
    {
        get
        {
            lock (_gate)
            {
                return [.. _bytes];
            }
        }
    }

    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>All whole lines.</summary>
    public string[] Lines => Text.Split('\n')[..^1];

    public void Write(ReadOnlySpan<byte> bytes)
    {
        TaskCompletionSource more;
        lock (_gate)
        {
            _bytes.AddRange(bytes);
            more = _more;
            _more = New();
        }

        more.SetResult();
    }

    /// <summary>Waits for so many lines.</summary>
    public async Task<string[]> WaitForLinesAsync(int count)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                more = _more.Task;
            }

            if (Lines is var lines && lines.Length >= count)
            {
                return lines;
            }

            await more.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
