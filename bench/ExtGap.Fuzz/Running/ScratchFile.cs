using Microsoft.Win32.SafeHandles;

namespace ExtGap.Fuzz.Running;

/// <summary>A file that is written anew for each input, in memory where the system has a file system for that.</summary>
internal sealed class ScratchFile : IDisposable
{
    private const string InMemory = "/dev/shm";

    private readonly DirectoryInfo _folder;
    private readonly SafeFileHandle _handle;

    public ScratchFile(string name)
    {
        var parent = Directory.Exists(InMemory) ? InMemory : System.IO.Path.GetTempPath();
        _folder = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"extgap-fuzz-{Guid.NewGuid():N}"[..24]));
        Path = System.IO.Path.Combine(_folder.FullName, name);

        // Shared in all ways, so that no lock of it is in the reader's way.
        _handle = File.OpenHandle(Path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    }

    public string Path { get; }

    public void Write(ReadOnlySpan<byte> content)
    {
        RandomAccess.SetLength(_handle, 0);
        RandomAccess.Write(_handle, content, 0);
    }

    public void Dispose()
    {
        _handle.Dispose();
        _folder.Delete(recursive: true);
    }
}
