using System.Globalization;

namespace ExtGap.Supervisor.Configuration;

/// <summary>What is executed for a program.</summary>
/// <param name="Executable">Absolute path.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Directory">Absolute path of its working directory.</param>
/// <param name="Environment">All of its environment: what is not in it must not be inherited either.</param>
internal sealed record ChildCommand(string Executable, IReadOnlyList<string> Arguments, string Directory, IReadOnlyDictionary<string, string> Environment)
{
    // What the supervisor was told by its own supervisor is not for its children: they would answer in its name.
    private static readonly string[] NotInherited = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"];

    /// <summary>Decides what to execute; a command's env file is read now.</summary>
    /// <param name="program">What the configuration says.</param>
    /// <param name="folder">The configuration's folder.</param>
    /// <param name="inherited">The supervisor's own environment.</param>
    /// <param name="notifySocket">Where a bot tells how it fares.</param>
    /// <param name="findBot">Where <c>extgap-bot</c> is, for bots; <see cref="ProductExecutable.Find()"/> where nothing is given.</param>
    /// <exception cref="SupervisorException">Something is missing or malformed; trying again can't help.</exception>
    public static ChildCommand Of(
        ProgramOptions program,
        string folder,
        IReadOnlyDictionary<string, string> inherited,
        string notifySocket,
        Func<string>? findBot = null)
    {
        var child = program.Command switch
        {
            ProgramCommand.Bot bot => OfBot(program, bot, folder, inherited, notifySocket, findBot ?? ProductExecutable.Bot.Find),
            ProgramCommand.Executable command => OfExecutable(program, command, folder, inherited),
            _ => throw new InvalidOperationException($"{nameof(ProgramCommand)} has no case {program.Command.GetType().Name}."),
        };
        return System.IO.Directory.Exists(child.Directory) ? child : throw ExecutableSearch.Missing($"there is no folder {child.Directory} to work in");
    }

    /// <summary>What must be set, or removed (null), to make this environment of another.</summary>
    public IReadOnlyDictionary<string, string?> ChangesTo(IReadOnlyDictionary<string, string> inherited) => inherited.Keys
        .Except(Environment.Keys, StringComparer.Ordinal)
        .Select(name => KeyValuePair.Create(name, (string?)null))
        .Concat(Environment.Where(variable => inherited.GetValueOrDefault(variable.Key) != variable.Value).Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)))
        .ToDictionary(StringComparer.Ordinal);

    private static ChildCommand OfBot(
        ProgramOptions program, ProgramCommand.Bot bot, string folder, IReadOnlyDictionary<string, string> inherited, string notifySocket, Func<string> findBot)
    {
        var arguments = BotOptionNames.All.Where(bot.Options.ContainsKey).SelectMany(name => new[] { "--" + name, bot.Options[name] }).ToList();
        if (program.EnvironmentFileIsNamed || Path.Exists(program.EnvironmentFile))
        {
            arguments.AddRange(["--env-file", program.EnvironmentFile]);
        }

        var environment = EnvironmentOf(program, inherited, []);
        environment["NOTIFY_SOCKET"] = notifySocket;
        environment["WATCHDOG_USEC"] = ((long)program.Watchdog.TotalMicroseconds).ToString(CultureInfo.InvariantCulture);
        return new(findBot(), arguments, folder, environment);
    }

    private static ChildCommand OfExecutable(ProgramOptions program, ProgramCommand.Executable command, string folder, IReadOnlyDictionary<string, string> inherited)
    {
        var file = EnvironmentFile.Read(program.EnvironmentFile, program.EnvironmentFileIsNamed);
        var environment = EnvironmentOf(program, inherited, file);
        return new(ExecutableSearch.Find(command.Path, folder, environment.GetValueOrDefault("PATH")), command.Arguments, command.Directory, environment);
    }

    private static Dictionary<string, string> EnvironmentOf(ProgramOptions program, IReadOnlyDictionary<string, string> inherited, IEnumerable<KeyValuePair<string, string>> file)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in file.Concat(inherited).Where(variable => !NotInherited.Contains(variable.Key, StringComparer.Ordinal)).Concat(program.Environment))
        {
            environment[name] = value;
        }

        environment["EXTGAP_LIFELINE"] = "stdin";
        return environment;
    }
}
