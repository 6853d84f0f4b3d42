using System.Globalization;
using System.IO.Pipes;
using System.Text;
using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Control;

/// <summary>The named pipe that clients find: a Unix socket of this user's only. Whoever binds it must hold <see cref="Running.SupervisorLock"/>.</summary>
internal sealed class ControlListener : IControlListener
{
    private static int _timesBound;

    private readonly string _name;
    private readonly string _path;
    private readonly DateTime _boundAt;
    private readonly NamedPipeServerStream _anchor;
    private readonly CancellationTokenSource _closed = new();

    private ControlListener(string path, string name)
    {
        (_path, _name) = (path, name);
        _anchor = CreateInstance(PipeOptions.FirstPipeInstance);
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(name, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            _boundAt = File.GetLastWriteTimeUtc(name);
            File.Move(name, path, overwrite: true);
        }
        catch
        {
            _anchor.Dispose();
            throw;
        }
    }

    public bool IsReachable
    {
        get
        {
            try
            {
                // The time of the binding tells one socket from another without asking it; nothing but touch(1) changes it.
                return File.GetLastWriteTimeUtc(_path) == _boundAt;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    /// <summary>Listens at a path, in place of whatever file or socket was there.</summary>
    /// <exception cref="SupervisorException">The path is too long, or nothing can be bound there.</exception>
    public static ControlListener Bind(string path)
    {
        var bytes = Encoding.UTF8.GetByteCount(path);
        if (bytes > RunDirectory.LongestSocketPath)
        {
            throw new SupervisorException(
                ExitCode.Configuration, Text($"The control socket's path has {bytes} bytes, more than {RunDirectory.LongestSocketPath}: choose a shorter runDirectory than that of {path}."));
        }

        // Streams that are connected keep the runtime's listener of their name, and the last of them deletes the file of that name. A name of its
        // own, moved into place when it listens, makes a second listener possible beside them; nor is there a moment with a socket that refuses.
        var name = Text($"{path}.{Interlocked.Increment(ref _timesBound)}");
        try
        {
            File.Delete(name);
            return new(path, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            var remedy = Directory.Exists(path) ? "it is a directory, remove it" : "let its folder be writable for this user, or choose another runDirectory";
            throw new SupervisorException(ExitCode.Failure, $"The control socket {path} can't be made ({e.Message}): {remedy}.", e);
        }
    }

    public async Task<Stream> AcceptAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token, cancellationToken);
        var instance = CreateInstance(PipeOptions.None);
        try
        {
            await instance.WaitForConnectionAsync(end.Token);
            return instance;
        }
        catch
        {
            await instance.DisposeAsync();
            throw;
        }
    }

    public void Remove()
    {
        if (!IsReachable)
        {
            return;
        }

        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A socket that refuses says the same.
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _anchor.Dispose();
    }

    private NamedPipeServerStream CreateInstance(PipeOptions options) => new(
        _name,
        PipeDirection.InOut,
        NamedPipeServerStream.MaxAllowedServerInstances,
        PipeTransmissionMode.Byte,
        options | PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
