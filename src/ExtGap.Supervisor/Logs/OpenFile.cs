using Microsoft.Win32.SafeHandles;

namespace ExtGap.Supervisor.Logs;

/// <summary>Opens logs so that they disturb nobody who reads, moves or deletes them, and tells whether somebody did.</summary>
internal static class OpenFile
{
    private const FileShare Everything = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Opens a log to write at its end, and makes its folder where there is none.</summary>
    public static SafeFileHandle ToWrite(string path)
    {
        try
        {
            return Open();
        }
        catch (DirectoryNotFoundException)
        {
        }
        catch (FileNotFoundException)
        {
            // What the system says of a missing folder.
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return Open();

        SafeFileHandle Open() => File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Everything);
    }

    /// <summary>Opens a log to read; none where it is missing.</summary>
    public static SafeFileHandle? ToRead(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, Everything);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The path where an open file is to be found now; none where the system doesn't tell (it is Linux that does).</summary>
    // .NET shows neither inode nor link count. The kernel's name for the file changes whenever it is moved or deleted, or a folder above it.
    public static string? NameOf(SafeFileHandle handle)
    {
        try
        {
            return new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle()}").LinkTarget;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            return null;
        }
    }
}
