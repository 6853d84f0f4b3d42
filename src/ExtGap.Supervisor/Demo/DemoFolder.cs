namespace ExtGap.Supervisor.Demo;

/// <summary>The folder that a demo leaves behind. Only a demo's own is ever emptied.</summary>
internal static class DemoFolder
{
    private const string Marker = ".extgap-demo";

    /// <summary>Makes the folder, or empties it.</summary>
    /// <exception cref="SupervisorException">It is somebody's, or can't be written to.</exception>
    public static void Prepare(string path)
    {
        try
        {
            var folder = Directory.CreateDirectory(path);
            if (!File.Exists(Path.Combine(path, Marker)) && folder.EnumerateFileSystemInfos().Any())
            {
                throw new SupervisorException(ExitCode.Failure, $"{path} is not empty, and no demo's: a demo would empty it. Remove it, or go to another folder.");
            }

            Empty(folder);
            File.WriteAllText(Path.Combine(path, Marker), "extgap demo empties this folder.\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SupervisorException(ExitCode.Failure, $"{path} can't be used for the demo: {e.Message} Go to a folder that you may write to.", e);
        }
    }

    // The marker goes last: what is left by an interruption is still a demo's.
    private static void Empty(DirectoryInfo folder)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().Where(entry => entry.Name != Marker))
        {
            if (entry is DirectoryInfo { LinkTarget: null } inner)
            {
                inner.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }
}
