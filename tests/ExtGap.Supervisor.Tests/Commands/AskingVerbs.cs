using System.Text.Json;
using ExtGap.Supervisor.Control;
using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Supervisor.Tests.Commands;

public sealed class AskingVerbs
{
    private readonly FakeSupervisor _supervisor = new() { Answer = _ => Once(Samples.Status(Samples.Bot("3m"))) };

    [Fact(Timeout = 10_000)]
    public async Task Status_is_a_table_and_a_verdict()
    {
        _supervisor.Answer = _ => Once(Samples.Status(Samples.Bot("3m"), Samples.Down("1h", "BACKOFF")));

        Assert.Equal(ExitCode.NotRunning, await _supervisor.RunAsync("status 3m 1h", TestContext.Current.CancellationToken));

        Assert.Equal(["3m", "1h"], Assert.IsType<ControlRequest.Status>(Assert.Single(_supervisor.Requests)).Names);
        Assert.Equal(3, _supervisor.Output.TrimEnd('\n').Split('\n').Length);
    }

    [Fact(Timeout = 10_000)]
    public async Task Status_as_json_is_what_the_supervisor_said()
    {
        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync("status --json", TestContext.Current.CancellationToken));

        var status = JsonSerializer.Deserialize(_supervisor.Output, ControlJson.Default.SupervisorStatus)!;
        Assert.Equal("BULLISH #3", status.Programs[0].Bot!.Symbols[0].Trend);
        Assert.Contains("\n  \"programs\": [\n", _supervisor.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 10_000)]
    public async Task Json_has_no_escapes_of_programs_in_it()
    {
        _supervisor.Answer = _ => Once(Samples.Status(Samples.Down("3m", "FATAL") with { Reason = "\e[2J\u009b\u007f" }));

        await _supervisor.RunAsync("status --json", TestContext.Current.CancellationToken);

        Assert.DoesNotContain(_supervisor.Output, c => c != '\n' && char.IsControl(c));
    }

    [Fact(Timeout = 10_000)]
    public async Task Tail_adds_the_last_lines_of_each_log()
    {
        _supervisor.Answer = request => request is ControlRequest.Logs
            ? [new ControlReply.LogLines("3m", "first\nsecond \e[2J"), new ControlReply.Done(ExitCode.Success)]
            : Once(Samples.Status(Samples.Bot("3m")));

        await _supervisor.RunAsync("status --tail 2", TestContext.Current.CancellationToken);

        var logs = Assert.IsType<ControlRequest.Logs>(_supervisor.Requests[1]);
        Assert.Equal((2, false, false), (logs.Lines, logs.Follow, logs.Stderr));
        Assert.EndsWith("\n\n3m: /var/log/extgap/extgap_indicator_3m_stdout.log\nfirst\nsecond \\x1B[2J\n", _supervisor.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 10_000)]
    public async Task Watch_shows_each_status_and_ends_with_the_supervisor()
    {
        var report = new ControlReply.Report(Samples.Status(Samples.Bot("3m")));
        _supervisor.Answer = _ => [report, report];
        _supervisor.Time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 4, 5, TimeSpan.Zero));

        Assert.Equal(ExitCode.NoSupervisor, await _supervisor.RunAsync("status --watch", TestContext.Current.CancellationToken));

        Assert.Equal(1, Assert.IsType<ControlRequest.Status>(Assert.Single(_supervisor.Requests)).IntervalSeconds);
        Assert.StartsWith("ExtGap 0.1.0 at 2026-03-01 12:04:05 UTC: supervisor 100, up 4h12m, /etc/extgap/supervisor.json\nNAME ", _supervisor.Output, StringComparison.Ordinal);
        Assert.Equal(3, _supervisor.Output.Split("ExtGap 0.1.0").Length);
        Assert.Equal("The supervisor has gone.\n", _supervisor.Error);
    }

    [Fact(Timeout = 10_000)]
    public async Task Watched_json_is_one_document_a_line()
    {
        var report = new ControlReply.Report(Samples.Status(Samples.Bot("3m")));
        _supervisor.Answer = _ => [report, report];

        Assert.Equal(ExitCode.NoSupervisor, await _supervisor.RunAsync("status --watch --json", TestContext.Current.CancellationToken));

        Assert.All(_supervisor.Output.TrimEnd('\n').Split('\n'), line => Assert.NotNull(JsonSerializer.Deserialize(line, ControlJson.Default.SupervisorStatus)));
    }

    [Fact(Timeout = 10_000)]
    public async Task Healthy_is_zero()
    {
        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync("health", TestContext.Current.CancellationToken));
        Assert.Equal("Healthy.\n", _supervisor.Output);
    }

    [Fact(Timeout = 10_000)]
    public async Task Health_without_a_supervisor_is_one_for_docker_knows_no_more()
    {
        _supervisor.Answer = null;

        Assert.Equal(ExitCode.Failure, await _supervisor.RunAsync("health --json", TestContext.Current.CancellationToken));
        Assert.Equal(
            """{"healthy":false,"problems":["No supervisor runs for /etc/extgap/supervisor.json: 'extgap start-all' starts one."]}""",
            JsonSerializer.Serialize(JsonElement.Parse(_supervisor.Output)).Replace("\\u0027", "'", StringComparison.Ordinal));
    }

    [Fact(Timeout = 10_000)]
    public async Task A_supervisor_that_hangs_is_not_healthy()
    {
        var time = new FakeTimeProvider();
        _supervisor.Time = time;
        _supervisor.Answer = _ => [];
        _supervisor.Hang = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, TestContext.Current.CancellationToken);
        var running = _supervisor.RunAsync("health", TestContext.Current.CancellationToken);
        await _supervisor.WasAsked.Task.WaitAsync(TestContext.Current.CancellationToken);

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(ExitCode.Failure, await running);
        Assert.StartsWith("The supervisor does not answer within 5 s", _supervisor.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 10_000)]
    public async Task Names_come_from_the_supervisor()
    {
        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync("names", TestContext.Current.CancellationToken));
        Assert.Equal("3m\n", _supervisor.Output);
    }

    [Fact(Timeout = 10_000)]
    public async Task Names_come_from_the_file_where_no_supervisor_runs()
    {
        _supervisor.Answer = null;

        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync("names", TestContext.Current.CancellationToken));
        Assert.Equal("3m\n15m\nbackup\n", _supervisor.Output);
    }

    [Fact(Timeout = 10_000)]
    public async Task Without_either_there_are_no_names_and_no_error()
    {
        (_supervisor.Answer, _supervisor.LoadFault) = (null, "not JSON");

        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync("names", TestContext.Current.CancellationToken));
        Assert.Empty(_supervisor.Output + _supervisor.Error);
    }

    private static IEnumerable<ControlReply> Once(SupervisorStatus status) => [new ControlReply.Report(status), new ControlReply.Done(ExitCode.Success)];
}
