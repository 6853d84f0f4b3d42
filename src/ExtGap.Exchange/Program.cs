using System.Runtime.InteropServices;
using ExtGap.Exchange;

using var stop = new CancellationTokenSource();

// Registered before anything is started: a signal that comes early is a requested stop too.
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
return await ExchangeCommand.RunAsync(args, Console.Out, Console.Error, stop.Token);

void OnSignal(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
