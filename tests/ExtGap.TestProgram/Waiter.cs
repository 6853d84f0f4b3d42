using System.Runtime.InteropServices;

namespace ExtGap.TestProgram;

/// <summary>Lives until SIGTERM or SIGINT, or until stdin ends where <c>EXTGAP_LIFELINE=stdin</c> says so, as a bot does; then it leaves with 0.</summary>
internal static class Waiter
{
    public static int Wait()
    {
        WaitAsync().GetAwaiter().GetResult();
        return 0;
    }

    public static int EatAndWait(long bytes)
    {
        var memory = new byte[bytes];
        Array.Fill(memory, (byte)1);
        Console.WriteLine("eaten");
        Wait();
        GC.KeepAlive(memory);
        return 0;
    }

    public static async Task WaitAsync()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        if (Environment.GetEnvironmentVariable("EXTGAP_LIFELINE") == "stdin")
        {
            new Thread(() =>
            {
                while (Console.Read() >= 0)
                {
                }

                told.TrySetResult();
            })
            { IsBackground = true }.Start();
        }

        await told.Task;

        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            told.TrySetResult();
        }
    }
}
