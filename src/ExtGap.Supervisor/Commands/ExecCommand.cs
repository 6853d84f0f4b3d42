using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Supervisor.Commands;

/// <summary>
/// <c>extgap exec [--die-with PID] [--detached] -- COMMAND ARGUMENTS…</c>, a hidden verb: becomes the command, under the same pid, in a session
/// and process group of its own, with nothing inherited but the environment, the working directory and stdin, stdout and stderr.
/// It is on the way of every start, so it touches neither System.CommandLine nor the console.
/// </summary>
internal static class ExecCommand
{
    public const string Verb = "exec";
    public const string DieWithOption = "--die-with";
    public const string DetachedOption = "--detached";

    // As a shell has it.
    private const int NotExecutable = 126;
    private const int NotFound = 127;

    /// <param name="arguments">Without the verb.</param>
    /// <returns>Only where there is no way on: 126 for a command that can't be executed, 127 for one that isn't there, or one of <see cref="ExitCode"/>.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        int? parent = null;
        var isDetached = false;
        while (arguments is [not "--", ..])
        {
            if (arguments is [DieWithOption, var text, ..] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            {
                parent = pid;
                arguments = arguments[2..];
            }
            else if (arguments[0] == DetachedOption)
            {
                isDetached = true;
                arguments = arguments[1..];
            }
            else
            {
                return Fail($"{arguments[0]} is not understood", ExitCode.Usage);
            }
        }

        return arguments is ["--", _, ..] ? Become(arguments[1..], parent, isDetached) : Fail("a command is missing after --", ExitCode.Usage);
    }

    private static int Become(ReadOnlySpan<string> command, int? parent, bool isDetached)
    {
        ExecPreparation.ResetSignals();
        if (parent is { } pid && !ExecPreparation.DieWith(pid))
        {
            return Fail($"process {pid} that {command[0]} shall die with is gone", ExitCode.Failure);
        }

        // It fails where this process leads a group already, and then there is nothing to do.
        LibC.SetSession();
        ExecPreparation.CloseDescriptors();
        if (isDetached)
        {
            ExecPreparation.Detach();
        }

        ExecPreparation.RemoveDiagnosticPorts();
        var error = ExecPreparation.Execute(command);
        return Fail($"can't run {command[0]}: {Marshal.GetPInvokeErrorMessage(error)}", error is Errors.NoEntry or Errors.NotDirectory ? NotFound : NotExecutable);
    }

    private static unsafe int Fail(string why, int code)
    {
        var line = Encoding.UTF8.GetBytes($"extgap exec: {why}\n");
        fixed (byte* start = line)
        {
            LibC.Write(2, start, (nuint)line.Length);
        }

        return code;
    }
}
