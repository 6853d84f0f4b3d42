using System.Globalization;
using System.Text;

namespace ExtGap.Supervisor.Setup;

/// <summary>A file to write.</summary>
/// <param name="Path">Absolute path; where it is a link, its target is written.</param>
/// <param name="Text">All of it.</param>
/// <param name="IsSecret">Whether it, and the copy of what it replaces, is for its owner alone.</param>
/// <param name="Check">Reads the file at a path as its users will, and throws where they can't.</param>
internal sealed record SetupFile(string Path, string Text, bool IsSecret, Action<string> Check);

/// <summary>
/// Writes files whole or not at all: each beside its place first, checked and on the disk; then what they replace is copied; then they
/// are moved into place.
/// </summary>
internal static class SetupFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <returns>The copies of what was replaced.</returns>
    /// <exception cref="SupervisorException">A file could not be written, or is not what its users take: everything is as it was.</exception>
    public static IReadOnlyList<string> Write(IReadOnlyList<SetupFile> files, DateTimeOffset now)
    {
        var writes = files.Select(file => new OneFile(file, now)).ToList();
        try
        {
            writes.ForEach(write => write.Prepare());
            writes.ForEach(write => write.Keep());
            writes.ForEach(write => write.Move());
            return [.. writes.Select(write => write.Copy).OfType<string>()];
        }
        catch (Exception e)
        {
            foreach (var write in writes)
            {
                write.Undo();
            }

            if (e is IOException or UnauthorizedAccessException)
            {
                throw new SupervisorException(ExitCode.Failure, $"Nothing was written: {e.Message}", e);
            }

            throw;
        }
    }

    private sealed class OneFile(SetupFile file, DateTimeOffset now)
    {
        private readonly string _target = new FileInfo(file.Path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : file.Path;
        private string? _prepared;
        private bool _isMoved;

        public string? Copy { get; private set; }

        public void Prepare()
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_target)!);
            var path = $"{_target}.new-{Path.GetRandomFileName()}";
            Create(path, Utf8.GetBytes(file.Text));
            _prepared = path;
            file.Check(path);
        }

        public void Keep()
        {
            if (!File.Exists(_target))
            {
                return;
            }

            var time = now.ToUniversalTime().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            var path = $"{_target}.bak-{time}";
            for (var number = 2; Path.Exists(path); number++)
            {
                path = string.Create(CultureInfo.InvariantCulture, $"{_target}.bak-{time}-{number}");
            }

            Create(path, File.ReadAllBytes(_target));
            Copy = path;
        }

        public void Move()
        {
            File.Move(_prepared!, _target, overwrite: true);
            _isMoved = true;
        }

        public void Undo()
        {
            if (_prepared is not null && !_isMoved)
            {
                File.Delete(_prepared);
            }

            if (_isMoved && Copy is null)
            {
                File.Delete(_target);
            }
            else if (_isMoved)
            {
                File.Move(Copy!, _target, overwrite: true);
            }
            else if (Copy is not null)
            {
                File.Delete(Copy);
            }
        }

        // The mode is the file's from its first moment on: there is none in which others can open it.
        private void Create(string path, byte[] content)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            var mode = file.IsSecret ? OwnerOnly : ModeOfTarget();
            if (mode is not null && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode;
            }

            try
            {
                using var stream = new FileStream(path, options);
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
            catch
            {
                File.Delete(path);
                throw;
            }
        }

        private UnixFileMode? ModeOfTarget() => !OperatingSystem.IsWindows() && File.Exists(_target) ? File.GetUnixFileMode(_target) : null;
    }
}
