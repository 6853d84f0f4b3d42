using System.Globalization;

namespace ExtGap.Bot.Backtesting;

/// <summary>Shows how far a backtest is on stderr: one line that moves on a terminal, a new line now and then elsewhere. Short ones show nothing.</summary>
internal sealed class ConsoleProgress : IProgress<double>
{
    private static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EveryOnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan EveryElsewhere = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly long _started;
    private TimeSpan _next = FirstAfter;
    private bool _lineIsOpen;

    public ConsoleProgress(TimeProvider time)
    {
        _time = time;
        _started = time.GetTimestamp();
    }

    public void Report(double value)
    {
        var elapsed = _time.GetElapsedTime(_started);
        if (elapsed < _next)
        {
            return;
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{value,4:P0} of the klines after {elapsed:mm\\:ss}");
        _lineIsOpen = !Console.IsErrorRedirected;
        _next = elapsed + (_lineIsOpen ? EveryOnTerminal : EveryElsewhere);
        Console.Error.Write(_lineIsOpen ? $"\r{text}" : $"{text}\n");
    }

    /// <summary>Takes the moving line away.</summary>
    public void Clear()
    {
        if (_lineIsOpen)
        {
            Console.Error.Write("\r\e[K");
            _lineIsOpen = false;
        }
    }
}
