namespace ExtGap.Measure.Rounds;

/// <summary>A folder for one measurement, removed with all that is in it.</summary>
internal sealed class Workplace : IDisposable
{
    public Workplace(string root)
    {
        System.IO.Directory.CreateDirectory(root);

        // Sockets have paths of less than 100 bytes, so the name is short.
        do
        {
            Directory = Path.Combine(root, Path.GetRandomFileName()[..4]);
        }
        while (Path.Exists(Directory));

        System.IO.Directory.CreateDirectory(Directory);
    }

    /// <summary>Absolute path.</summary>
    public string Directory { get; }

    public string PathOf(string name) => Path.Combine(Directory, name);

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
