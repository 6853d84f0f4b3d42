using System.Diagnostics;
using System.Globalization;
using ExtGap.Supervisor.Commands;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Logs;

namespace ExtGap.Supervisor.Running;

/// <summary>Puts a supervisor in the background: a session of its own, nothing inherited but environment and working directory.</summary>
internal static class BackgroundStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    /// <summary>Starts one where none answers, and waits until it does.</summary>
    /// <returns>A client that is connected to it, and whether it was started for this.</returns>
    /// <exception cref="SupervisorException">It does not come up.</exception>
    public static async Task<StartedSupervisor> ConnectAsync(SupervisorOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await TryConnectAsync(options, time, cancellationToken) is { } running)
        {
            return new(running, IsNew: false);
        }

        // What can't work is told here, where somebody reads it.
        RunDirectory.Prepare(options.RunDirectory);
        using var supervisor = Start(options);
        var started = time.GetTimestamp();
        while (true)
        {
            if (await TryConnectAsync(options, time, cancellationToken) is { } client)
            {
                return new(client, IsNew: !supervisor.HasExited);
            }

            // Where two start at once, the one that comes second ends, and the first is there in a moment.
            if (supervisor.HasExited && supervisor.ExitCode != ExitCode.SupervisorRuns)
            {
                throw new SupervisorException(ExitCode.Failure, Explain(options, string.Create(CultureInfo.InvariantCulture, $"The supervisor ended with exit code {supervisor.ExitCode}")));
            }

            if (time.GetElapsedTime(started) > Patience)
            {
                throw new SupervisorException(ExitCode.Failure, Explain(options, string.Create(CultureInfo.InvariantCulture, $"The supervisor, process {supervisor.Id}, does not answer after {Patience.TotalSeconds} s")));
            }

            await Task.Delay(BetweenLooks, time, cancellationToken);
        }
    }

    private static async Task<ControlClient?> TryConnectAsync(SupervisorOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await ControlClient.ConnectAsync(options.RunDirectory, options.Path, time, cancellationToken);
        }
        catch (SupervisorException e) when (e.ExitCode == ExitCode.NoSupervisor)
        {
            return null;
        }
    }

    private static Process Start(SupervisorOptions options)
    {
        var extgap = Launcher.OfThisProcess();
        string[] supervise = [.. extgap.Arguments, "supervise", "--background", "--config", options.Path];
        var arguments = OperatingSystem.IsWindows() ? supervise : extgap.Exec([ExecCommand.DetachedOption], [extgap.Path, .. supervise]);
        var start = new ProcessStartInfo(extgap.Path, arguments) { WorkingDirectory = options.Folder };
        return Process.Start(start) ?? throw new InvalidOperationException("There is no process.");
    }

    private static string Explain(SupervisorOptions options, string what) =>
        $"{what}. The last lines of {LogFiles.Supervisor(options.Logs)}:\n{string.Join('\n', LogTail.Lines(LogFiles.Supervisor(options.Logs), 5))}";
}
