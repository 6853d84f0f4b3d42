using ExtGap.Core.Market;
using ExtGap.Exchange.Streams;

namespace ExtGap.Exchange.Faults;

/// <summary>
/// What the faults in force make of the frames of one stream. A stream asks it only while something is in force or held back, so that a frame's way
/// stays as short as it is without faults.
/// </summary>
/// <param name="faults">The faults.</param>
/// <param name="frame">The stream's frame, written.</param>
/// <param name="timeframe">The stream's timeframe.</param>
/// <param name="deliver">Sends a frame to all who listen.</param>
internal sealed class StreamFaults(FaultBoard faults, KlineFrame frame, Timeframe timeframe, Action<SavedFrame> deliver)
{
    private readonly long _length = (long)timeframe.NominalLength.TotalMilliseconds;
    private readonly Garbage _garbage = new();
    private long _openTime = -1;
    private bool _isLost;
    private SavedFrame? _delayed;
    private SavedFrame? _repeated;
    private int _framesSinceGarbage;

    /// <summary>Whether frames just go out.</summary>
    public bool IsIdle => !faults.TouchesStreams && !_isLost && _delayed is null && _repeated is null;

    /// <summary>Forgets what was held back: the stream begins anew.</summary>
    public void Forget() => _delayed = _repeated = null;

    /// <summary>Notes a frame's candle: a candle is lost from its first frame on or not at all.</summary>
    public void Enter(long openTime)
    {
        if (openTime == _openTime)
        {
            return;
        }

        _openTime = openTime;
        _isLost = faults.TouchesStreams && Hits(FaultKind.Lost);
    }

    /// <summary>Sends the frame, or does what is to be done instead.</summary>
    public void Send(bool closes)
    {
        if (faults.Find(FaultKind.Silence) is { } silence && silence.TryInject())
        {
            return;
        }

        if (_isLost)
        {
            return;
        }

        var saved = new SavedFrame(frame.Combined().ToArray(), frame.Raw().ToArray());
        if (faults.Find(FaultKind.Garbage) is { } garbage && ++_framesSinceGarbage >= garbage.Value.Number && garbage.TryInject())
        {
            _framesSinceGarbage = 0;
            deliver(_garbage.Next(saved));
        }

        if (closes)
        {
            SendClose(saved);
        }
        else
        {
            deliver(saved);
            Release(ref _delayed);
        }
    }

    private void SendClose(SavedFrame saved)
    {
        if (Hits(FaultKind.CloseLost))
        {
            return;
        }

        if (Hits(FaultKind.OutOfOrder))
        {
            Release(ref _delayed);
            _delayed = saved;
            return;
        }

        deliver(saved);
        if (Hits(FaultKind.CloseRepeated))
        {
            deliver(saved);
        }

        Release(ref _delayed);
        Release(ref _repeated);
        _repeated = Hits(FaultKind.LateRepeat) ? saved : null;
    }

    private bool Hits(FaultKind kind) =>
        faults.Find(kind) is { } fault && _openTime / _length % fault.Value.Number == 0 && fault.TryInject();

    private void Release(ref SavedFrame? held)
    {
        if (held is { } frame)
        {
            held = null;
            deliver(frame);
        }
    }
}

/// <summary>A frame that outlives its stream's buffer, in both forms.</summary>
/// <param name="Combined">With the stream's name around it.</param>
/// <param name="Raw">Bare.</param>
internal sealed record SavedFrame(byte[] Combined, byte[] Raw);
