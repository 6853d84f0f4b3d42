using System.Net.Sockets;
using System.Text;
using ExtGap.Shared;
using ExtGap.Supervisor.Alerts;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.ServiceManagement;
using ExtGap.Supervisor.Tests.Control;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExtGap.Supervisor.Tests.ServiceManagement;

/// <summary>The service manager's watchdog, and the loop that it watches.</summary>
public sealed class SignsOfLife : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("extgap-").FullName;
    private readonly WatchedTime _time = new();
    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly StuckLauncher _launcher = new();
    private readonly SupervisorLoop _loop;

    public SignsOfLife()
    {
        _manager.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "notify.sock")));
        _loop = new(_ => _launcher, new IncidentWatch(_ => { }), _time, new Random(1), NullLogger.Instance);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_sign_of_life_is_sent_at_each_half_of_what_the_manager_bears()
    {
        var stop = TestContext.Current.CancellationToken;
        var loop = _loop.RunAsync([]);
        using var service = new ServiceManager(Path.Combine(_folder, "notify.sock"));
        var reporting = new ServiceReporter(service, Watchdog, _loop, _time).RunAsync(stop);

        // The snapshot of the beginning is there; from now on time alone makes signs.
        await WaitForAsync("WATCHDOG=1", stop);
        for (var signs = 1; signs <= 5; signs++)
        {
            await _time.TimersAsync(Watchdog / 2, signs, stop);
            Assert.Equal(0, _manager.Available);
            _time.Advance((Watchdog / 2) - TimeSpan.FromTicks(1));
            Assert.Equal(0, _manager.Available);
            _time.Advance(TimeSpan.FromTicks(1));
            Assert.Equal("WATCHDOG=1", await ReceiveAsync(stop));
        }

        await _loop.ShutDownAsync();
        await loop.WaitAsync(stop);
        Assert.False(reporting.IsCompleted);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_loop_that_hangs_gives_none_until_it_turns_again()
    {
        var stop = TestContext.Current.CancellationToken;
        var loop = _loop.RunAsync([Program("one") with { AutoStart = false }]);
        using var service = new ServiceManager(Path.Combine(_folder, "notify.sock"));
        _ = new ServiceReporter(service, Watchdog, _loop, _time).RunAsync(stop);
        await WaitForAsync("WATCHDOG=1", stop);
        await _time.TimersAsync(Watchdog / 2, 1, stop);

        var wish = Task.Run(() => _loop.WishAsync(new ProgramInput.Start(), ["one"], stop), stop);
        await _launcher.Stuck.WaitAsync(stop);
        _time.Advance(Watchdog * 4);

        // What the reporter waits for now is the loop: another question is not answered either.
        var look = _loop.LookAsync(stop);
        _time.Advance(Watchdog * 4);
        Assert.Equal(0, _manager.Available);
        Assert.False(look.IsCompleted);

        _launcher.GoOn.Set();
        await WaitForAsync("WATCHDOG=1", stop);
        await wish;
        await look;
        _ = loop;
    }

    [Fact(Timeout = 60_000)]
    public async Task A_manager_that_had_no_room_for_READY_has_it_a_second_after_it_reads_again()
    {
        var stop = TestContext.Current.CancellationToken;
        _ = _loop.RunAsync([]);
        using var service = new ServiceManager(Path.Combine(_folder, "notify.sock"));
        while (service.Tell("X_TEST=1"))
        {
        }

        _ = new ServiceReporter(service, null, _loop, _time).RunAsync(stop);
        await _time.TimersAsync(TimeSpan.FromSeconds(1), 1, stop);
        while (_manager.Available > 0)
        {
            Assert.Equal("X_TEST=1", await ReceiveAsync(stop));
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("READY=1\nSTATUS=0 running", await ReceiveAsync(stop));
    }

    public void Dispose()
    {
        _launcher.GoOn.Set();
        _loop.Dispose();
        _manager.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private ProgramOptions Program(string name) => new()
    {
        Name = name,
        Command = new ProgramCommand.Executable("/bin/true", [], _folder),
        EnvironmentFile = Path.Combine(_folder, ".env"),
        Logs = new(_folder),
    };

    private async Task WaitForAsync(string assignment, CancellationToken stop)
    {
        while (!(await ReceiveAsync(stop)).Split('\n').Contains(assignment, StringComparer.Ordinal))
        {
        }
    }

    private async Task<string> ReceiveAsync(CancellationToken stop)
    {
        var buffer = new byte[65_536];
        return Encoding.UTF8.GetString(buffer, 0, await _manager.ReceiveAsync(buffer, stop));
    }

    /// <summary>Holds up the loop that asks it to start something.</summary>
    private sealed class StuckLauncher : IProgramLauncher
    {
        private readonly TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Stuck => _stuck.Task;

        public ManualResetEventSlim GoOn { get; } = new();

        public IProgramRun Launch(SupervisedProgram program, int run)
        {
            _stuck.TrySetResult();
            GoOn.Wait();
            return new NoRun();
        }

        private sealed class NoRun : IProgramRun
        {
            public void Signal(ProgramSignal signal)
            {
            }
        }
    }
}
