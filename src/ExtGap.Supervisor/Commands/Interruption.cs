using System.Runtime.InteropServices;

namespace ExtGap.Supervisor.Commands;

/// <summary>Turns the first Ctrl-C or SIGTERM into a cancelled token; a second one ends the process, whatever it hangs in.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public Interruption(CancellationToken cancellationToken)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    /// <summary>What a shell makes of SIGINT and SIGTERM: 130 and 143.</summary>
    public int Code { get; private set; } = 130;

    public CancellationToken Token => _source.Token;

    /// <summary>Runs what may take long.</summary>
    /// <param name="outside">Cancelled from without, as tests do.</param>
    /// <param name="hint">Told on stderr when it was interrupted.</param>
    /// <param name="surroundings">For the hint.</param>
    /// <param name="run">What may take long.</param>
    /// <returns>Its exit code, or the signal's.</returns>
    public static async Task<int> GuardAsync(Surroundings surroundings, string? hint, Func<CancellationToken, Task<int>> run, CancellationToken outside)
    {
        using var interruption = new Interruption(outside);
        try
        {
            return await run(interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            if (hint is not null)
            {
                surroundings.Error.Write(hint);
            }

            return interruption.Code;
        }
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        Code = context.Signal == PosixSignal.SIGTERM ? 143 : 130;
        _source.Cancel();
    }
}
