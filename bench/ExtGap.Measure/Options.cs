using ExtGap.Measure.Supervisors;

namespace ExtGap.Measure;

/// <summary>What there is to be measured, and where.</summary>
internal sealed record Options
{
    /// <summary>Folder of <c>extgap</c>, <c>extgap-bot</c> and <c>extgap-exchange</c>.</summary>
    public required string Executables { get; init; }

    /// <summary>Folder for what the measurements write.</summary>
    public required string Work { get; init; }

    /// <summary>Path of supervisord, if it is to be measured.</summary>
    public string? Supervisord { get; init; }

    /// <summary>Path of pm2, if it is to be measured.</summary>
    public string? Pm2 { get; init; }

    /// <summary>Path of a Python interpreter that has what <see cref="PythonBot"/> imports, if that is to be measured.</summary>
    public string? Python { get; init; }

    /// <summary>Path of bench/peers/bot.py.</summary>
    public string? PythonBot { get; init; }

    public string Extgap => Path.Combine(Executables, "extgap");

    public string Bot => Path.Combine(Executables, "extgap-bot");

    public string Exchange => Path.Combine(Executables, "extgap-exchange");

    /// <summary>The supervisors, ExtGap's first: each made for a folder.</summary>
    public IReadOnlyList<(string Name, Func<string, Supervisor> Make)> Supervisors()
    {
        var all = new List<(string, Func<string, Supervisor>)> { ("ExtGap", folder => new ExtGapSupervisor(Extgap, folder)) };
        if (Supervisord is { } supervisord)
        {
            all.Add(("supervisord", folder => new Supervisord(supervisord, folder)));
        }

        if (Pm2 is { } pm2)
        {
            all.Add(("pm2", folder => new Pm2(pm2, folder)));
        }

        return all;
    }
}
