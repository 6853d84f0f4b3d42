using BenchmarkDotNet.Attributes;
using ExtGap.Supervisor.Logs;

namespace ExtGap.Benchmarks;

/// <summary>The writing of a program's output, lines of 100 bytes, to a log that is rotated at 10 MB.</summary>
public class RollingLog
{
    private const int LineBytes = 100;

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"extgap-logs-{Environment.ProcessId}");
    private readonly byte[] _bytes = new byte[1 << 16];
    private RollingLogFile? _log;

    [GlobalSetup]
    public void Open()
    {
        Directory.CreateDirectory(_directory);
        _log = new(Path.Combine(_directory, "x.log"), 10_000_000, 3);
        for (var i = 0; i < _bytes.Length; i++)
        {
            _bytes[i] = (byte)(i % LineBytes == LineBytes - 1 ? '\n' : '.');
        }
    }

    [GlobalCleanup]
    public void Close()
    {
        _log?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Benchmark]
    public void PieceOf64KiB() => _log!.Write(_bytes);

    [Benchmark]
    public void Line() => _log!.Write(_bytes.AsSpan(0, LineBytes));
}
