using System.Text;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Logs;
using ExtGap.Supervisor.Presentation;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Setup;

namespace ExtGap.Supervisor.Commands;

/// <summary>The surroundings of the real process.</summary>
internal static class ProcessSurroundings
{
    /// <summary>Where a terminal can't be measured.</summary>
    private const int UsualWidth = 80;

    public static Surroundings Create() => new()
    {
        Output = CreateScreen(1, Console.IsOutputRedirected),
        Error = CreateScreen(2, Console.IsErrorRedirected),
        Load = SupervisorFile.Load,
        ConnectAsync = async (runDirectory, configuration, cancellationToken) => await ControlClient.ConnectAsync(runDirectory, configuration, TimeProvider.System, cancellationToken),
        StartSupervisorAsync = (options, cancellationToken) => BackgroundStart.ConnectAsync(options, TimeProvider.System, cancellationToken),
        SuperviseAsync = (path, isInBackground, _) => Supervision.RunAsync(SupervisorFile.Load(path), isInBackground ? null : Console.Out, TimeProvider.System),
        TailLog = TailLog,
        FindExecutable = (program, folder) => ChildCommand.Of(program, folder, OwnEnvironment.Read(), notifySocket: string.Empty),
        CheckBotAsync = CheckBotAsync,
        ProbeBotAsync = ProbeBotAsync,
        Prompts = CreatePrompts,
        ReadLineAsync = async cancellationToken => await Console.In.ReadLineAsync(cancellationToken),
    };

    private static string? TailLog(ProgramOptions program, bool isStderr, int lines)
    {
        var path = isStderr ? LogFiles.Stderr(program.Logs, program.Name) : LogFiles.Stdout(program.Logs, program.Name);
        return string.Join('\n', LogTail.Lines(path, lines)) is { Length: > 0 } text ? text : null;
    }

    private static Task<BotCheckOutcome> CheckBotAsync(ProgramOptions program, string folder, OnlineTests tests, CancellationToken cancellationToken)
    {
        var inherited = OwnEnvironment.Read();
        var child = ChildCommand.Of(program, folder, inherited, notifySocket: string.Empty);
        var command = new CheckCommand(child.Executable, ["check", "--json", .. BotCheckRun.ArgumentsOf(tests), .. child.Arguments], child.Directory, child.ChangesTo(inherited));
        return BotCheckRun.RunAsync(command, TimeProvider.System, cancellationToken);
    }

    private static Task<BotCheckOutcome> ProbeBotAsync(BotProbe probe, CancellationToken cancellationToken)
    {
        var changes = probe.ChangesTo(OwnEnvironment.Read());
        var command = new CheckCommand(ProductExecutable.Bot.Find(), ["check", "--json", .. BotCheckRun.ArgumentsOf(probe.Tests)], Environment.CurrentDirectory, changes);
        return BotCheckRun.RunAsync(command, TimeProvider.System, cancellationToken);
    }

    private static SpectrePrompts? CreatePrompts()
    {
        // Questions go where they can be seen: beside an output that goes to a file.
        if (Console.IsInputRedirected || (Console.IsOutputRedirected && Console.IsErrorRedirected))
        {
            return null;
        }

        var stream = new StandardOutput(Console.IsOutputRedirected ? 2 : 1);
        var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n", AutoFlush = true };
        return new(writer, WidthOf(stream), HasColours, IsCapable);
    }

    private static int WidthOf(StandardOutput terminal) => terminal.Columns is > 0 and var width ? width : UsualWidth;

    private static bool IsCapable => Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    // https://no-color.org: set and not empty.
    private static bool HasColours => IsCapable && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private static Screen CreateScreen(int descriptor, bool isRedirected)
    {
        var stream = new StandardOutput(descriptor);

        // Only Write and Flush of the screen let text out: a table is one write, so that a reader which leaves early has had it all.
        var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 16384) { NewLine = "\n" };
        if (isRedirected)
        {
            return new(writer);
        }

        return new(writer, WidthOf(stream), HasColours, hasCursor: IsCapable);
    }
}
