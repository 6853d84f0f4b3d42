using System.Runtime.InteropServices;

namespace ExtGap.Bot.Hosting;

/// <summary>Turns SIGTERM and SIGINT (Ctrl-C) into a cancelled token, so that the process ends in its own way.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;

    public StopSignals()
    {
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The signal's name; none before it came.</summary>
    public string? Received { get; private set; }

    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        Received ??= context.Signal.ToString();
        _source.Cancel();
    }
}
