using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Running;

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

    public string Socket => ExtGap.Supervisor.Configuration.RunDirectory.ControlSocketPath(RunDirectory);

    public SupervisorLock Lock { get; }

    public WatchedTime Time { get; } = new();

    public RecordedLog Log { get; } = new();

    public TestHandler Handler { get; }

    /// <summary>How often the server has told that another supervisor has the lock.</summary>
    public int LocksLost { get; private set; }

    public ControlServer Server => field ??= ControlServer.Start(Lock, Handler, () => LocksLost++, Time, Log);

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
