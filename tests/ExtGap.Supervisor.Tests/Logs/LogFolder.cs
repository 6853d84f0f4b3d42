using System.Globalization;
using System.Text;

namespace ExtGap.Supervisor.Tests.Logs;

/// <summary>A folder with one log, <c>x.log</c>, and its backups.</summary>
internal sealed class LogFolder : IDisposable
{
    public LogFolder() => Log = System.IO.Path.Combine(Path, "x.log");

    public string Path { get; } = Directory.CreateTempSubdirectory("extgap-logs-").FullName;

    public string Log { get; }

    public string Text => Encoding.UTF8.GetString(File.ReadAllBytes(Log));

    /// <summary>Numbered lines of 100 bytes each.</summary>
    public static byte[] NumberedLines(int from, int count)
    {
        var text = new StringBuilder(100 * count);
        for (var i = from; i < from + count; i++)
        {
            text.Append(i.ToString("D9", CultureInfo.InvariantCulture)).Append(' ').Append('x', 89).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The files, oldest first.</summary>
    public List<byte[]> Files() => FilesOf(Log);

    public static List<byte[]> FilesOf(string log)
    {
        List<byte[]> files = [File.ReadAllBytes(log)];
        for (var number = 1; File.Exists($"{log}.{number}"); number++)
        {
            files.Insert(0, File.ReadAllBytes($"{log}.{number}"));
        }

        return files;
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
