using System.Runtime.InteropServices;
using ExtGap.Bot.Telegram.Texts;

namespace ExtGap.Bot.Hosting;

/// <summary>
/// Turns what asks the process to stop into a cancelled token, so that it ends in its own way: SIGTERM, SIGINT (Ctrl-C), and, where
/// <c>EXTGAP_LIFELINE=stdin</c> says so, the end of stdin, which comes when the supervisor has died.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private const string Lifeline = "EXTGAP_LIFELINE";

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;

    public StopSignals()
    {
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        if (Environment.GetEnvironmentVariable(Lifeline) == "stdin")
        {
            // A thread of its own: reading stdin can't be cancelled.
            new Thread(WaitForEndOfInput) { IsBackground = true, Name = "lifeline" }.Start();
        }
    }

    /// <summary>Cancelled by whatever comes first.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What came first.</summary>
    public (StopReason Reason, string Detail) Why { get; private set; } = (StopReason.Requested, "by itself");

    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        Stop(StopReason.Requested, context.Signal.ToString());
    }

    private void Stop(StopReason reason, string detail)
    {
        if (!_source.IsCancellationRequested)
        {
            Why = (reason, detail);
            _source.Cancel();
        }
    }

    private void WaitForEndOfInput()
    {
        try
        {
            using var input = Console.OpenStandardInput();
            Span<byte> ignored = stackalloc byte[256];
            while (input.Read(ignored) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A broken lifeline is a torn one.
        }

        Stop(StopReason.SupervisorGone, "the end of stdin");
    }
}
