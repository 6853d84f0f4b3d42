using System.Collections;
using ExtGap.Supervisor.Running;

namespace ExtGap.TestProgram;

/// <summary>A supervisor in small, with nothing but its runner.</summary>
internal static class Host
{
    public static async Task<int> RunAsync(string launcher, int count, string[] command)
    {
        var runner = new ProcessRunner(new Launcher(launcher, []), TimeProvider.System);
        var dieWith = Environment.GetEnvironmentVariable("EXTGAP_LIFELINE") is null;
        var start = new ChildStart
        {
            Executable = command[0],
            Arguments = command[1..],
            Directory = Environment.CurrentDirectory,
            Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!),
            DiesWithSupervisor = dieWith,
            Output = new Nowhere(),
            Error = new Nowhere(),
        };
        for (var i = 0; i < count; i++)
        {
            var started = await runner.StartAsync(start);
            Console.Out.Write($"{started.Child!.Pid}\n");
        }

        await Waiter.WaitAsync();
        return 0;
    }

    private sealed class Nowhere : IOutputSink
    {
        public void Write(ReadOnlySpan<byte> bytes)
        {
        }
    }
}
