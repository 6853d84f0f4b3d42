using System.Net.Sockets;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Tests.Control;

public sealed class ControlClients : IDisposable
{
    private const string Configuration = "/srv/extgap/supervisor.json";

    private readonly string _run = Directory.CreateTempSubdirectory("extgap-client-").FullName;
    private readonly WatchedTime _time = new();

    private string SocketPath => RunDirectory.ControlSocketPath(_run);

    [Theory(Timeout = 30_000)]
    [InlineData("no folder")]
    [InlineData("a file as folder")]
    [InlineData("no socket")]
    [InlineData("a stale socket")]
    [InlineData("a stale lock")]
    [InlineData("a file")]
    public async Task Where_no_supervisor_runs_that_is_told_at_once(string what)
    {
        switch (what)
        {
            case "no folder":
                Directory.Delete(_run);
                break;
            case "a file as folder":
                Directory.Delete(_run);
                await File.WriteAllTextAsync(_run, "?", TestContext.Current.CancellationToken);
                break;
            case "a stale socket":
                using (var socket = Listen(SocketPath + ".tmp"))
                {
                    File.Move(SocketPath + ".tmp", SocketPath);
                }

                break;
            case "a stale lock":
                SupervisorLock.Take(_run, Configuration).Dispose();
                break;
            case "a file":
                await File.WriteAllTextAsync(SocketPath, "?", TestContext.Current.CancellationToken);
                break;
        }

        // The clock stands still: whoever waits, waits for ever.
        var fault = await FailAsync();
        Assert.Equal(ExitCode.NoSupervisor, fault.ExitCode);
        Assert.Equal("No supervisor runs for /srv/extgap/supervisor.json: extgap start-all starts one.", fault.Message);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_supervisor_that_is_about_to_listen_is_waited_for()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var held = SupervisorLock.Take(_run, Configuration);
        var connecting = ControlClient.ConnectAsync(_run, Configuration, _time, cancellationToken);
        await _time.TimersAsync(TimeSpan.FromMilliseconds(20), 1, cancellationToken);

        await using var server = ControlServer.Start(held, new TestHandler(Replies.Done), () => { }, TimeProvider.System, new RecordedLog());
        _time.Advance(TimeSpan.FromMilliseconds(20));
        await using var client = await connecting;

        Assert.Equal([new ControlReply.Done(0)], await client.AskAsync(new ControlRequest.Reload(), cancellationToken).ToListAsync(cancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_supervisor_that_does_not_listen_is_told_by_its_pid()
    {
        using var held = SupervisorLock.Take(_run, Configuration);
        var failing = FailAsync();
        await _time.TimersAsync(TimeSpan.FromMilliseconds(20), 1, TestContext.Current.CancellationToken);
        _time.Advance(ControlConnector.ListenLimit);
        var fault = await failing;
        Assert.Equal(ExitCode.Failure, fault.ExitCode);
        Assert.Contains($"(process {Environment.ProcessId}) listens nowhere", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_supervisor_that_does_not_answer_is_told_by_its_pid_after_five_seconds()
    {
        using var held = SupervisorLock.Take(_run, Configuration);
        using var socket = Listen(SocketPath);
        var failing = FailAsync();
        await _time.TimersAsync(ControlConnector.HelloLimit, 1, TestContext.Current.CancellationToken);
        _time.Advance(ControlConnector.HelloLimit);
        var fault = await failing;
        Assert.Equal(ExitCode.Failure, fault.ExitCode);
        Assert.Contains($"(process {Environment.ProcessId}) does not answer", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_supervisor_of_another_protocol_is_told_with_both_versions()
    {
        using var socket = Listen(SocketPath);
        var failing = FailAsync();
        using var peer = await socket.AcceptAsync(TestContext.Current.CancellationToken);
        await peer.SendAsync(RawClient.Frame("""{"protocol":7,"version":"7.0.0"}"""), TestContext.Current.CancellationToken);
        var fault = await failing;
        Assert.Equal(ExitCode.Failure, fault.ExitCode);
        Assert.Contains("speaks control protocol 1, the running supervisor (ExtGap 7.0.0) speaks 7: run", fault.Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("""{"reply":"status","status":{"supervisor":{"pid":1,"version":"1","configuration":"/c","uptimeSeconds":1,"memoryBytes":1},"programs":[null]}}""")]
    [InlineData("""{"reply":"status","status":{"supervisor":{"pid":1,"version":"1","configuration":"/c","uptimeSeconds":1,"memoryBytes":1},"programs":[{"name":"3m","state":"RUNNING","isTroubled":false,"stateSeconds":1,"restarts":0,"failures":0,"logs":{"stdout":"/o","stderr":"/e"},"bot":{"ageSeconds":1,"symbols":[null]}}]}}""")]
    public async Task A_status_that_makes_no_sense_is_told_and_not_shown(string reply)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var socket = Listen(SocketPath);
        var connecting = ControlClient.ConnectAsync(_run, Configuration, TimeProvider.System, cancellationToken);
        using var peer = await socket.AcceptAsync(cancellationToken);
        await peer.SendAsync(RawClient.Frame("""{"protocol":1,"version":"1"}"""), cancellationToken);
        await using var client = await connecting;

        await peer.SendAsync(RawClient.Frame(reply), cancellationToken);
        var fault = await Assert.ThrowsAsync<SupervisorException>(() => client.AskAsync(new ControlRequest.Status([], null), cancellationToken).ToListAsync(cancellationToken).AsTask());
        Assert.Contains("was lost before it had answered (A reply can't be understood", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_status_without_what_a_bot_may_leave_out_is_understood()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var frame = new MemoryStream(RawClient.Frame("""{"reply":"status","status":{"supervisor":{"pid":1,"version":"1","configuration":"/c","uptimeSeconds":1,"memoryBytes":1},"programs":[{"name":"3m","state":"RUNNING","isTroubled":false,"stateSeconds":1,"restarts":0,"failures":0,"logs":{"stdout":"/o","stderr":"/e"},"bot":{"ageSeconds":1}}]}}"""));
        var reply = await ControlFraming.ReadAsync(frame, ControlJson.Default.ControlReply, ControlFraming.MaxReplyBytes, cancellationToken);

        var bot = Assert.Single(Assert.IsType<ControlReply.Report>(reply).Status.Programs).Bot!;
        Assert.Empty(bot.Symbols);
        Assert.Empty(bot.MessageTroubles);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    public async Task What_does_not_greet_is_told(string answer)
    {
        using var socket = Listen(SocketPath);
        var failing = FailAsync();
        using (var peer = await socket.AcceptAsync(TestContext.Current.CancellationToken))
        {
            await peer.SendAsync(System.Text.Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
        }

        Assert.Contains("does not greet", (await failing).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_supervisor_that_has_just_stopped_to_listen_is_told_as_one_that_does_not_run()
    {
        using var socket = Listen(SocketPath);
        var failing = FailAsync();
        using (await socket.AcceptAsync(TestContext.Current.CancellationToken))
        {
            // As it does at its end: first nobody finds it, then whoever has is hung up on.
            File.Delete(SocketPath);
        }

        Assert.Equal(ExitCode.NoSupervisor, (await failing).ExitCode);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_supervisor_that_dies_in_the_middle_of_its_answer_is_told()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var socket = Listen(SocketPath);
        var connecting = ControlClient.ConnectAsync(_run, Configuration, _time, cancellationToken);
        using var peer = await socket.AcceptAsync(cancellationToken);
        await peer.SendAsync(RawClient.Frame("""{"protocol":1,"version":"0.1.0"}"""), cancellationToken);
        await using var client = await connecting;
        await using var replies = client.AskAsync(new ControlRequest.Reload(), cancellationToken).GetAsyncEnumerator(cancellationToken);
        await peer.SendAsync(RawClient.Frame("""{"reply":"progress","text":"3m: STARTING"}"""), cancellationToken);
        Assert.True(await replies.MoveNextAsync());
        await peer.SendAsync(RawClient.Frame("""{"reply":"done","exitCode":0}""").AsMemory(0, 10), cancellationToken);
        peer.Dispose();

        var fault = await Assert.ThrowsAsync<SupervisorException>(() => replies.MoveNextAsync().AsTask());
        Assert.Equal(ExitCode.Failure, fault.ExitCode);
        Assert.Contains("lost before it had answered", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_request_that_is_too_long_is_not_sent()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench().Start();
        var fault = await Assert.ThrowsAsync<SupervisorException>(() => bench.AskAsync(new ControlRequest.Start([new('x', 70_000)]), cancellationToken));
        Assert.Equal(ExitCode.Usage, fault.ExitCode);
    }

    public void Dispose()
    {
        if (Directory.Exists(_run))
        {
            Directory.Delete(_run, recursive: true);
        }

        File.Delete(_run);
    }

    private static Socket Listen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        return socket;
    }

    private Task<SupervisorException> FailAsync() =>
        Assert.ThrowsAsync<SupervisorException>(() => ControlClient.ConnectAsync(_run, Configuration, _time, TestContext.Current.CancellationToken));
}
