using ExtGap.Supervisor.Commands;

namespace ExtGap.Supervisor.Running;

/// <summary>How <c>extgap</c> itself is started, to become something else by <c>extgap exec</c>.</summary>
/// <param name="Path">The executable.</param>
/// <param name="Arguments">What comes before the verb: the assembly's path, where extgap runs by <c>dotnet extgap.dll</c>.</param>
internal sealed record Launcher(string Path, IReadOnlyList<string> Arguments)
{
    /// <summary>As this process was started.</summary>
    public static Launcher OfThisProcess()
    {
        var path = Environment.ProcessPath ?? throw new SupervisorException(ExitCode.Failure, "The system does not tell the path of extgap's executable.");
        return System.IO.Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? new(path, [System.IO.Path.Combine(AppContext.BaseDirectory, "extgap.dll")])
            : new(path, []);
    }

    /// <summary>The arguments with which extgap becomes a command in a session of its own.</summary>
    /// <param name="options">Of the verb <c>exec</c>.</param>
    /// <param name="command">The command and its arguments.</param>
    public IReadOnlyList<string> Exec(IEnumerable<string> options, IEnumerable<string> command) => [.. Arguments, ExecCommand.Verb, .. options, "--", .. command];
}
