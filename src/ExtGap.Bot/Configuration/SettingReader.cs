using ExtGap.Bot.Hosting;
using ExtGap.Shared;

namespace ExtGap.Bot.Configuration;

/// <summary>
/// Finds and parses the values of settings: option, then environment, then <c>.env</c>, then default.
/// It collects every fault, so that a user is told all of them at once.
/// </summary>
internal sealed class SettingReader
{
    private readonly Func<Setting, string?> _option;
    private readonly Func<string, string?> _environment;
    private readonly IReadOnlyDictionary<string, string> _envFile;
    private readonly List<(Setting? Setting, string Message, bool IsUsage)> _faults = [];

    /// <param name="option">The command line's value of a setting, if it has one.</param>
    /// <param name="environment">The environment's value of a variable, if it has one.</param>
    /// <param name="envFile">What the <c>.env</c> file says.</param>
    public SettingReader(Func<Setting, string?> option, Func<string, string?> environment, IReadOnlyDictionary<string, string> envFile)
    {
        _option = option;
        _environment = environment;
        _envFile = envFile;
    }

    /// <summary>A setting that need not be given.</summary>
    /// <returns>What <paramref name="parse"/> makes of its value; the type's default where it is not given, or wrong.</returns>
    /// <remarks><paramref name="parse"/> throws a <see cref="FormatException"/> that names what is allowed.</remarks>
    public T? ReadOptional<T>(Setting setting, Func<string, T> parse)
    {
        if (Find(setting) is not { } value)
        {
            return default;
        }

        try
        {
            return parse(value.Text);
        }
        catch (FormatException e)
        {
            _faults.Add((setting, $"{value.Origin}: {e.Message}", value.IsUsage));
            return default;
        }
    }

    /// <summary>A setting that somebody must give, or that has a default.</summary>
    public T Read<T>(Setting setting, Func<string, T> parse)
    {
        if (Find(setting) is null)
        {
            _faults.Add((setting, $"{setting.Option} is needed ({setting.Help})", true));
        }

        return ReadOptional(setting, parse)!;
    }

    /// <summary>An option that is no setting: it has no variable.</summary>
    public T? ReadOption<T>(string name, string? text, Func<string, T> parse)
    {
        try
        {
            return text is null ? default : parse(text);
        }
        catch (FormatException e)
        {
            _faults.Add((null, $"{name}: {e.Message}", true));
            return default;
        }
    }

    /// <summary>Notes something wrong with a value that could be parsed, such as a number out of range; of one that could not, enough is said.</summary>
    public void Reject(Setting setting, string message)
    {
        if (_faults.Exists(fault => fault.Setting == setting))
        {
            return;
        }

        var value = Find(setting);
        _faults.Add((setting, $"{value?.Origin ?? setting.Option}: {message}", value?.IsUsage ?? true));
    }

    /// <summary>Notes something wrong with a variable that is no setting's.</summary>
    public void Reject(SettingValue value, string message) => _faults.Add((null, $"{value.Origin}: {message}", value.IsUsage));

    /// <summary>Ends the reading.</summary>
    /// <exception cref="BotException">Something was wrong; the message has every fault, and no token that was given as the value of another setting.</exception>
    public void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
        {
            throw new BotException(
                _faults.Exists(fault => fault.IsUsage) ? ExitCode.Usage : ExitCode.Configuration,
                TokenText.Hide(string.Join('\n', _faults.Select(fault => fault.Message))));
        }
    }

    /// <summary>Whether the environment is that of a bot under a supervisor. The <c>.env</c> file has no word in that.</summary>
    public bool IsSupervised => StopSignals.IsSupervised(_environment);

    /// <summary>A variable of the environment, or else of the <c>.env</c> file. An empty one is what a shell or a container leaves of one that was not set.</summary>
    public SettingValue? Variable(string name)
    {
        if (_environment(name) is { Length: > 0 } variable)
        {
            return new(variable, name, IsUsage: false);
        }

        return _envFile.TryGetValue(name, out var line) && line.Length > 0 ? new(line, name + " in the .env file", IsUsage: false) : null;
    }

    private SettingValue? Find(Setting setting)
    {
        if (_option(setting) is { } option)
        {
            return new(option, setting.Option, IsUsage: true);
        }

        foreach (var name in setting.Variables)
        {
            if (Variable(name) is { } variable)
            {
                return variable;
            }
        }

        return setting.Default is { } text ? new(text, setting.Option, IsUsage: false) : null;
    }
}
