using System.Globalization;
using System.IO.Pipes;
using System.Net.Sockets;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Control;

/// <summary>Finds a supervisor and greets it, or says why that can't be.</summary>
/// <param name="runDirectory">Absolute path.</param>
/// <param name="configuration">The supervisor.json that it is for, for the messages.</param>
/// <param name="time">Measures the limits.</param>
internal sealed class ControlConnector(string runDirectory, string configuration, TimeProvider time)
{
    /// <summary>How long a supervisor may take to say hello.</summary>
    public static readonly TimeSpan HelloLimit = TimeSpan.FromSeconds(5);

    /// <summary>How long one that holds the lock may take to listen: it may be about to start, or about to notice that its socket was removed.</summary>
    public static readonly TimeSpan ListenLimit = ControlAcceptor.BetweenChecks + TimeSpan.FromSeconds(1);

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    private readonly string _path = RunDirectory.ControlSocketPath(runDirectory);

    /// <summary>Connects.</summary>
    /// <exception cref="SupervisorException">There is no supervisor, or none that answers this user and this executable.</exception>
    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ConnectOnceAsync(cancellationToken);
        }
        catch (SupervisorException e) when (e.InnerException is IOException && !OperatingSystem.IsWindows() && !File.Exists(_path))
        {
            // It hung up because it was about to end, and had removed its socket: whether another one listens is asked once more.
            return await ConnectOnceAsync(cancellationToken);
        }
    }

    private async Task<Stream> ConnectOnceAsync(CancellationToken cancellationToken)
    {
        var stream = await WithinAsync(ListenLimit, OpenAsync, "listens nowhere, although it runs", cancellationToken);
        try
        {
            var hello = await WithinAsync(HelloLimit, limit => GreetAsync(stream, limit), "does not answer", cancellationToken);
            return hello.Protocol == ControlHello.CurrentProtocol
                ? stream
                : throw new SupervisorException(ExitCode.Failure, ControlHello.TellMismatch(ControlHello.Current, hello));
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private async Task<T> WithinAsync<T>(TimeSpan span, Func<CancellationToken, Task<T>> action, string fault, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(span, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await action(both.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SupervisorException(ExitCode.Failure, Unresponsive(fault), e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new SupervisorException(ExitCode.Failure, $"The supervisor for {configuration} is another user's, or {runDirectory} is: ask it as that user.", e);
        }
        catch (IOException e)
        {
            throw new SupervisorException(ExitCode.Failure, $"The supervisor for {configuration} can't be asked: {runDirectory} can't be used ({e.Message}).", e);
        }
    }

    private async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryOpenAsync(cancellationToken) is { } stream)
            {
                return stream;
            }

            if (!SupervisorLock.IsHeld(runDirectory))
            {
                throw new SupervisorException(ExitCode.NoSupervisor, $"No supervisor runs for {configuration}: extgap start-all starts one.");
            }

            await Task.Delay(BetweenTries, time, cancellationToken);
        }
    }

    private async Task<Stream?> TryOpenAsync(CancellationToken cancellationToken)
    {
        var stream = new NamedPipeClientStream(".", _path, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        try
        {
            // No time at all means a single try; with any, the runtime would spin until it is over. A supervisor that has long been
            // stopped may have more clients waiting than the system takes, and then the call does not return.
            await stream.ConnectAsync(0, cancellationToken).WaitAsync(cancellationToken);
            return stream;
        }
        catch (Exception e)
        {
            await stream.DisposeAsync();
            if (e is SocketException { SocketErrorCode: SocketError.AccessDenied })
            {
                throw new UnauthorizedAccessException(e.Message, e);
            }

            if (e is TimeoutException or SocketException)
            {
                return null;
            }

            throw;
        }
    }

    /// <summary>Says hello, and reads the supervisor's.</summary>
    /// <exception cref="SupervisorException">There is none.</exception>
    internal async Task<ControlHello> GreetAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            await ControlFraming.WriteAsync(stream, ControlHello.Current, ControlJson.Default.ControlHello, ControlFraming.MaxRequestBytes, cancellationToken);
            return await ControlFraming.ReadAsync(stream, ControlJson.Default.ControlHello, ControlFraming.MaxRequestBytes, cancellationToken)
                ?? throw new EndOfStreamException("It hung up.");
        }
        catch (Exception e) when (e is IOException or ControlProtocolException)
        {
            throw new SupervisorException(
                ExitCode.Failure, $"What listens at {_path} does not greet ({e.Message}): it may be the supervisor of another user; see its log.", e);
        }
    }

    private string Unresponsive(string fault) => SupervisorLock.ReadHolder(runDirectory) is { } holder
        ? string.Create(CultureInfo.InvariantCulture, $"The supervisor for {configuration} (process {holder.Pid}) {fault}: if it goes on so, end it with kill -9 {holder.Pid}, then extgap start-all.")
        : $"The supervisor for {configuration} {fault}: if it goes on so, end its process, then extgap start-all.";
}
