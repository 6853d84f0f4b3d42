using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Running;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Supervisor.Tests.Control;

/// <summary>A run directory with a server in it, whose clock stands still until it is moved.</summary>
internal sealed class ControlBench : IAsyncDisposable
{
    public ControlBench(Func<ControlRequest, CancellationToken, IAsyncEnumerable<ControlReply>>? answer = null)
    {
        Root = Directory.CreateTempSubdirectory("extgap-control-").FullName;
        RunDirectory = Path.Combine(Root, "run");
        Directory.CreateDirectory(RunDirectory);
        Lock = SupervisorLock.Take(RunDirectory, Configuration);
        Handler = new(answer ?? Replies.Done);
    }

    public string Root { get; }

    public string RunDirectory { get; }

    public string Configuration => Path.Combine(Root, "supervisor.json");

    public string Socket => ControlListener.PathIn(RunDirectory);

    public SupervisorLock Lock { get; }

    public WatchedTime Time { get; } = new();

    public RecordedLog Log { get; } = new();

    public TestHandler Handler { get; }

    public ControlServer Server => field ??= ControlServer.Start(Lock, Handler, Time, Log);

    public ControlBench Start()
    {
        _ = Server;
        return this;
    }

    public Task<ControlClient> ConnectAsync(CancellationToken cancellationToken) =>
        ControlClient.ConnectAsync(RunDirectory, Configuration, TimeProvider.System, cancellationToken);

    public async Task<IReadOnlyList<ControlReply>> AskAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        await using var client = await ConnectAsync(cancellationToken);
        return await client.AskAsync(request, cancellationToken).ToListAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Lock.Dispose();
        Directory.Delete(Root, recursive: true);
    }
}

internal static class Replies
{
    public static async IAsyncEnumerable<ControlReply> Done(ControlRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield return new ControlReply.Done(ExitCode.Success);
    }

    /// <summary>Says one thing, then nothing until it is cancelled.</summary>
    public static async IAsyncEnumerable<ControlReply> Waiting(ControlRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new ControlReply.Progress("waiting");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    /// <summary>Says so much, in pieces of a megabyte.</summary>
    public static async IAsyncEnumerable<ControlReply> Megabytes(int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return new ControlReply.LogLines("3m", new('x', 1_000_000));
        }

        yield return new ControlReply.Done(ExitCode.Success);
    }

    /// <summary>Says what a channel gives, and that it is done when the channel ends.</summary>
    public static async IAsyncEnumerable<ControlReply> From(ChannelReader<string> channel, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var text in channel.ReadAllAsync(cancellationToken))
        {
            yield return new ControlReply.Progress(text);
        }

        yield return new ControlReply.Done(ExitCode.Success);
    }
}

/// <summary>Answers as the test says, and tells of each request that it has come and how it ended.</summary>
internal sealed class TestHandler(Func<ControlRequest, CancellationToken, IAsyncEnumerable<ControlReply>> answer) : IControlHandler
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Asked => _asked.Task;

    public Task Cancelled => _cancelled.Task;

    public IAsyncEnumerable<ControlReply> HandleAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        cancellationToken.Register(() => _cancelled.TrySetResult());
        return answer(request, cancellationToken);
    }
}

/// <summary>A clock that a test moves, and that tells which timers wait for it.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly Conditions _changed = new();
    private readonly ConcurrentBag<(TimeSpan Due, TimeSpan Period)> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Add((dueTime, period));
        _changed.Signal();
        return timer;
    }

    /// <summary>Waits until so many timers have been set that ring once after this time.</summary>
    public Task TimersAsync(TimeSpan due, int count, CancellationToken cancellationToken) =>
        _changed.WaitAsync(() => _timers.Count(timer => timer.Due == due && timer.Period == Timeout.InfiniteTimeSpan) >= count, cancellationToken);

    /// <summary>Waits for the timer that rings again and again.</summary>
    public Task PeriodicTimerAsync(CancellationToken cancellationToken) =>
        _changed.WaitAsync(() => _timers.Any(timer => timer.Period > TimeSpan.Zero), cancellationToken);
}

internal sealed class RecordedLog : ILogger
{
    private readonly Conditions _changed = new();
    private readonly ConcurrentQueue<(int Id, string Text)> _lines = [];

    public IReadOnlyList<string> Of(int id) => [.. _lines.Where(line => line.Id == id).Select(line => line.Text)];

    public Task SeenAsync(int id, CancellationToken cancellationToken) => _changed.WaitAsync(() => Of(id).Count > 0, cancellationToken);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue((eventId.Id, formatter(state, exception)));
        _changed.Signal();
    }
}

/// <summary>Waits for what other threads bring about.</summary>
internal sealed class Conditions
{
    private TaskCompletionSource _next = New();

    public void Signal() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    public async Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (condition())
            {
                return;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A client that sends bytes as it likes.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private RawClient()
    {
    }

    public NetworkStream Stream { get; private set; } = null!;

    public static async Task<RawClient> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var client = new RawClient();
        await client._socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        client.Stream = new(client._socket);
        return client;
    }

    public static byte[] Frame(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var frame = new byte[sizeof(int) + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        body.CopyTo(frame, sizeof(int));
        return frame;
    }

    public async Task SendAsync(string json, CancellationToken cancellationToken) => await Stream.WriteAsync(Frame(json), cancellationToken);

    public Task HelloAsync(CancellationToken cancellationToken) => SendAsync("""{"protocol":1,"version":"test"}""", cancellationToken);

    public Task<ControlHello?> ReadHelloAsync(CancellationToken cancellationToken) =>
        ControlFraming.ReadAsync(Stream, ControlJson.Default.ControlHello, ControlFraming.MaxRequestBytes, cancellationToken);

    public Task<ControlReply?> ReadReplyAsync(CancellationToken cancellationToken) =>
        ControlFraming.ReadAsync(Stream, ControlJson.Default.ControlReply, ControlFraming.MaxReplyBytes, cancellationToken);

    /// <summary>Reads to the end: the server has hung up.</summary>
    public async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Stream.CopyToAsync(System.IO.Stream.Null, cancellationToken);
        }
        catch (IOException)
        {
            // It had not read all that was sent to it.
        }
    }

    public void CloseSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose()
    {
        Stream.Dispose();
        _socket.Dispose();
    }
}
