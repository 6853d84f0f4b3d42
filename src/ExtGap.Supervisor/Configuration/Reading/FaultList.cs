namespace ExtGap.Supervisor.Configuration.Reading;

/// <summary>Gathers what is wrong with a file, so that its author is told all of it at once.</summary>
internal sealed class FaultList
{
    private readonly List<ConfigurationFault> _faults = [];

    public int Count => _faults.Count;

    public void Add(int line, string path, string message) => _faults.Add(new(line, path, message));

    /// <param name="file">As the user named it.</param>
    /// <param name="runDirectory">What is known of the run directory.</param>
    /// <exception cref="ConfigurationException">Something was wrong.</exception>
    public void ThrowIfAny(string file, string? runDirectory)
    {
        if (_faults.Count > 0)
        {
            throw new ConfigurationException(file, [.. _faults.OrderBy(fault => fault.Line)], runDirectory);
        }
    }
}
