namespace ExtGap.Tests;

/// <summary>Where the files are that tests read.</summary>
public static class Repository
{
    /// <summary>The folder with ExtGap.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The exchange's own klines, which are no part of the project: the folder may be missing.</summary>
    public static string RealKlines { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared", "klines"));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ExtGap.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has ExtGap.sln.");
    }
}
