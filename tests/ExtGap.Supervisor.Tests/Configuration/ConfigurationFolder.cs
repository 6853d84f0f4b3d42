using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Tests.Configuration;

/// <summary>A folder with a supervisor.json, gone with its test.</summary>
internal sealed class ConfigurationFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("extgap-").FullName;

    public string File => this["supervisor.json"];

    public string this[string name] => Path.Combine(Root, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        System.IO.File.WriteAllText(this[name], text);
        return this[name];
    }

    public SupervisorOptions Load(string json)
    {
        Write("supervisor.json", json);
        return SupervisorFile.Load(File);
    }

    /// <summary>Loads a file with one program, <c>a</c>, that has these members.</summary>
    public ProgramOptions LoadProgram(string members, string defaults = "{}") =>
        Assert.Single(Load($$"""{ "programs": { "a": { {{members}} } }, "defaults": {{defaults}} }""").Programs);

    public IReadOnlyList<ConfigurationFault> Faults(string json) => Assert.Throws<ConfigurationException>(() => Load(json)).Faults;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
