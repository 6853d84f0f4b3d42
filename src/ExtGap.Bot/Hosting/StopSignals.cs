using System.Runtime.InteropServices;
using ExtGap.Bot.Telegram.Texts;

namespace ExtGap.Bot.Hosting;

/// <summary>
/// Turns what asks the process to stop into a cancelled token, so that it ends in its own way: SIGTERM, SIGINT (Ctrl-C), and, where
/// <c>EXTGAP_LIFELINE=stdin</c> says so, the end of stdin, which comes when the supervisor has died. A process that has not ended when the
/// limit is over is ended by <see cref="LastResort"/>.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>How long a requested stop may take: less than the 30 s after which a supervisor kills.</summary>
    public static readonly TimeSpan RequestedLimit = TimeSpan.FromSeconds(20);

    /// <summary>How long the process may outlive its supervisor: 5 s, less what a busy machine may add.</summary>
    public static readonly TimeSpan OrphanLimit = TimeSpan.FromSeconds(4);

    private const string Lifeline = "EXTGAP_LIFELINE";
    private const string LifelineStdin = "stdin";

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;
    private int _stops;

    public StopSignals()
    {
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        if (IsSupervised(Environment.GetEnvironmentVariable))
        {
            // A thread of its own: reading stdin can't be cancelled.
            new Thread(WaitForEndOfInput) { IsBackground = true, Name = "lifeline" }.Start();
        }
    }

    /// <summary>Cancelled by whatever comes first.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What came first.</summary>
    public (StopReason Reason, string Detail) Why { get; private set; } = (StopReason.Requested, "by itself");

    /// <summary>Whether an environment is that of a bot whose supervisor holds a lifeline to it, and starts it again when it ends.</summary>
    public static bool IsSupervised(Func<string, string?> environment) => environment(Lifeline) == LifelineStdin;

    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        Stop(StopReason.Requested, context.Signal.ToString(), RequestedLimit);
    }

    // On a thread of its own, whoever calls: the runtime's for signals, or the lifeline's.
    private void Stop(StopReason reason, string detail, TimeSpan limit)
    {
        var isFirst = Interlocked.Increment(ref _stops) == 1;
        if (isFirst || reason == StopReason.SupervisorGone)
        {
            // Before all else: what follows runs other people's callbacks.
            LastResort.After(limit, detail);
        }

        if (isFirst)
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

        Stop(StopReason.SupervisorGone, "the end of stdin", OrphanLimit);
    }
}
