using System.Runtime.InteropServices;
using ExtGap.Shared;
using ExtGap.Supervisor.Alerts;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Logs;
using ExtGap.Supervisor.ServiceManagement;
using ExtGap.Supervisor.Status;
using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Running;

/// <summary>A supervisor, from taking its lock to letting go of it: puts the parts together and holds them as long as the loop runs.</summary>
internal static class Supervision
{
    /// <param name="options">The configuration.</param>
    /// <param name="console">Where the log goes too; none in the background.</param>
    /// <param name="time">A monotonic clock.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="SupervisorException">Another supervisor runs, or a folder can't be used.</exception>
    public static async Task<int> RunAsync(SupervisorOptions options, TextWriter? console, TimeProvider time)
    {
        // Whoever puts a supervisor in the background is no service manager of it.
        var settings = ServiceSettings.Take();
        using var manager = new ServiceManager(console is null ? null : settings.NotifySocket);
        RunDirectory.Prepare(options.RunDirectory);
        using var held = SupervisorLock.Take(options.RunDirectory, options.Path);
        using var file = new RollingLogFile(LogFiles.Supervisor(options.Logs), options.Logs.MaxSize, options.Logs.Backups, time);
        using var logging = new SupervisorLog(file, console, LogLevel.Information, time);
        var log = logging.CreateLogger(string.Empty);
        log.Starting(ExtGapVersion.Text, options.Path, Environment.ProcessId, options.Programs.Count);
        try
        {
            var isClean = await RunAsync(options, held, loop => new(manager, settings.Watchdog, loop, time), time, log);
            log.Stopped();
            return isClean ? ExitCode.Success : ExitCode.Failure;
        }
        catch (Exception e)
        {
            log.Crashed(e);
            throw;
        }
    }

    private static async Task<bool> RunAsync(SupervisorOptions options, SupervisorLock held, Func<SupervisorLoop, ServiceReporter> createReporter, TimeProvider time, ILogger log)
    {
        var leftovers = new LeftoverGroups(options.RunDirectory, time, log);
        await leftovers.KillAllAsync();
        var context = new LaunchContext(options.Folder, options.RunDirectory, OwnEnvironment.Read(), new ProcessRunner(Launcher.OfThisProcess(), time), leftovers);
        var current = new Latest<SupervisorOptions>(options);
        var alerts = new AlertSender(() => NotifyCommand.Create(current.Get().Value), time, log);
        using var loop = new SupervisorLoop(listener => new ProgramLauncher(context, listener), new IncidentWatch(alerts.Send), time, Random.Shared, log) { Reloaded = current.Set };
        var service = createReporter(loop);
        var control = new SupervisorControl(options.Path, options.RunDirectory, loop, new StatusReporter(options.Path, new UsageHistory()), time) { Service = service };
        using var ended = new CancellationTokenSource();
        await using var started = StartMemory.GiveBackLater(time);
        using var signals = new StopRequests(signal =>
        {
            log.Stopping(signal.ToString());
            _ = loop.ShutDownAsync().AsTask();
        });

        // The programs first: who is answered finds them as they are.
        var running = loop.RunAsync(options.Programs);
        var background = Task.WhenAll(alerts.RunAsync(ended.Token), MemoryWatch.RunAsync(loop, ProcessUsage.Measure, time, log, ended.Token), service.RunAsync(ended.Token));
        await using var server = ControlServer.Start(held, control, () => _ = loop.ShutDownAsync().AsTask(), time, log);
        var isClean = await running;
        service.Tell(loop.Snapshot.Get().Value);

        // Whoever asked for the end has his answer before it.
        await server.CompleteAsync();
        await ended.CancelAsync();
        await background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return isClean;
    }

    /// <summary>SIGTERM, Ctrl-C, and the closing of the terminal: all end in the same orderly way.</summary>
    private sealed class StopRequests : IDisposable
    {
        private readonly List<PosixSignalRegistration> _registrations;

        public StopRequests(Action<PosixSignal> stop)
        {
            void Handle(PosixSignalContext context)
            {
                context.Cancel = true;
                stop(context.Signal);
            }

            PosixSignal[] signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
            _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Handle))];
        }

        public void Dispose() => _registrations.ForEach(registration => registration.Dispose());
    }
}
