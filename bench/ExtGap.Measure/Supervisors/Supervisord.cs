using System.Text;
using ExtGap.Measure.Processes;

namespace ExtGap.Measure.Supervisors;

/// <summary>supervisord, of the Debian package supervisor.</summary>
/// <param name="executable">Path of supervisord; supervisorctl is beside it.</param>
/// <param name="directory">Its folder.</param>
internal sealed class Supervisord(string executable, string directory) : Supervisor(directory)
{
    private Started? _process;

    public override int Pid => _process!.Pid;

    private string Configuration => Path.Combine(Directory, "supervisord.conf");

    public override async Task<long> StartAsync(IReadOnlyList<Child> children, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Configuration, Configure(children), cancellationToken);
        _process = Started.Run(executable, ["-c", Configuration], Directory);
        return _process.Timestamp;
    }

    public override Task<TimeSpan> AskStatusAsync(CancellationToken cancellationToken) =>
        Started.TimeAsync(Path.Combine(Path.GetDirectoryName(executable)!, "supervisorctl"), ["-c", Configuration, "status"], Directory, environment: null, cancellationToken);

    public override Task<TimeSpan> StopAsync() => _process!.StopAsync();

    public override IReadOnlyList<string> LogFiles(string child) => Rotated(Path.Combine(Directory, $"{child}.log"));

    public override ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private string Configure(IReadOnlyList<Child> children)
    {
        var text = new StringBuilder($"""
            [supervisord]
            nodaemon=true
            logfile={Directory}/supervisord.log
            pidfile={Directory}/supervisord.pid
            [unix_http_server]
            file={Directory}/s
            [supervisorctl]
            serverurl=unix://{Directory}/s
            [rpcinterface:supervisor]
            supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

            """);
        foreach (var child in children)
        {
            // It reads a command as a shell would, and % as the start of an expression.
            var command = string.Join(' ', child.Arguments.Prepend(child.Command).Select(word => $"'{word.Replace("%", "%%", StringComparison.Ordinal)}'"));
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"""

                [program:{child.Name}]
                command={command}
                startsecs=0
                autorestart={(child.IsRestarted ? "true" : "false")}
                stdout_logfile={Directory}/{child.Name}.log
                stdout_logfile_maxbytes={LogBytes}
                stdout_logfile_backups={LogBackups}
                stderr_logfile=NONE

                """);
        }

        // In its configuration files a semicolon after a blank begins a comment, in quotes too.
        return text.ToString().Replace("; ", ";", StringComparison.Ordinal);
    }
}
