using ExtGap.Supervisor.Commands;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Tests.Configuration;

namespace ExtGap.Supervisor.Tests.Commands;

public sealed class ChangingVerbs
{
    private readonly FakeSupervisor _supervisor = new() { Answer = _ => [new ControlReply.Progress("3m: RUNNING, pid 4711"), new ControlReply.Done(ExitCode.Success)] };

    [Fact(Timeout = 10_000)]
    public async Task Start_all_starts_a_supervisor_and_ends_with_the_table()
    {
        _supervisor.Answer = _ => [new ControlReply.Progress("3m: RUNNING"), new ControlReply.Report(Samples.Status(Samples.Bot("3m"))), new ControlReply.Done(ExitCode.Success)];

        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync("start-all", TestContext.Current.CancellationToken));

        Assert.True(_supervisor.WasStarted);
        Assert.Equal([new ControlRequest.StartAll(IsNew: true)], _supervisor.Requests);
        Assert.StartsWith("3m: RUNNING\nNAME  STATE ", _supervisor.Output, StringComparison.Ordinal);
        Assert.Empty(_supervisor.Error);
    }

    [Fact(Timeout = 10_000)]
    public async Task Start_all_asks_the_next_supervisor_where_one_is_about_to_end()
    {
        var answers = new Queue<ControlReply>([new ControlReply.Failed(ExitCode.Failure, "about to stop", IsEnding: true), new ControlReply.Failed(ExitCode.Failure, "about to stop", IsEnding: true), new ControlReply.Done(ExitCode.Success)]);
        _supervisor.Answer = _ => [answers.Dequeue()];

        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync("start-all", TestContext.Current.CancellationToken));

        Assert.Equal("The supervisor is about to stop: the next one starts when it has gone.\n", _supervisor.Output);
        Assert.Equal(3, _supervisor.Requests.Count);
    }

    [Fact(Timeout = 10_000)]
    public async Task Start_all_does_not_start_again_what_somebody_else_has_stopped()
    {
        _supervisor.Answer = _ => [new ControlReply.Progress("3m: RUNNING"), new ControlReply.Failed(ExitCode.Failure, "The supervisor is stopping.", IsEnding: true)];

        Assert.Equal(ExitCode.Failure, await _supervisor.RunAsync("start-all", TestContext.Current.CancellationToken));

        Assert.Single(_supervisor.Requests);
    }

    [Fact(Timeout = 10_000)]
    public async Task Start_all_warns_of_bots_that_send_no_messages()
    {
        var off = Samples.Running("fast", Samples.Report() with { Notifications = "off" });
        var refused = Samples.Running("1h", Samples.Report() with { Notifications = "refused" });
        _supervisor.Answer = _ => [new ControlReply.Report(Samples.Status(Samples.Bot("15m"), off, refused)), new ControlReply.Done(ExitCode.Success)];

        await _supervisor.RunAsync("start-all", TestContext.Current.CancellationToken);

        Assert.Equal(
            """
            Warning: fast has no Telegram credentials: set TELEGRAM_BOT_TOKEN_EXTGAP_3M and TELEGRAM_CHAT_IDS_EXTGAP_3M (or …_EXTGAP_DETECTOR, or TELEGRAM_BOT_TOKEN and TELEGRAM_CHAT_IDS) in .env.
            Warning: Telegram refuses the credentials of 1h: correct TELEGRAM_BOT_TOKEN_EXTGAP_3M and TELEGRAM_CHAT_IDS_EXTGAP_3M (or whichever of …_EXTGAP_DETECTOR and TELEGRAM_BOT_TOKEN it uses: see 'extgap check') in .env, then 'extgap restart 1h'.

            """,
            _supervisor.Error,
            ignoreLineEndingDifferences: true);
    }

    [Fact(Timeout = 10_000)]
    public async Task What_a_supervisor_could_not_do_is_an_exit_code_and_a_word()
    {
        _supervisor.Answer = _ => [new ControlReply.Done(ExitCode.Failure)];

        Assert.Equal(ExitCode.Failure, await _supervisor.RunAsync("start-all", TestContext.Current.CancellationToken));
        Assert.StartsWith("Not every program runs", _supervisor.Error, StringComparison.Ordinal);
    }

    [Theory(Timeout = 10_000)]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("restart")]
    public async Task Names_are_passed_on_once_each(string verb)
    {
        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync($"{verb} 3m 15m 3m", TestContext.Current.CancellationToken));

        var names = Assert.Single(_supervisor.Requests) switch
        {
            ControlRequest.Start start when verb == "start" => start.Names,
            ControlRequest.Stop stop when verb == "stop" => stop.Names,
            ControlRequest.Restart restart when verb == "restart" => restart.Names,
            var other => throw new InvalidOperationException($"{verb} has asked for {other}."),
        };
        Assert.Equal(["3m", "15m"], names);
        Assert.Equal("3m: RUNNING, pid 4711\n", _supervisor.Output);
        Assert.Equal("/run/extgap", _supervisor.RunDirectory);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_name_that_there_is_not_is_a_usage_error()
    {
        _supervisor.Answer = _ => [new ControlReply.Failed(ExitCode.Usage, "There is no program '3n': did you mean 3m?")];

        Assert.Equal(ExitCode.Usage, await _supervisor.RunAsync("restart 3n", TestContext.Current.CancellationToken));
        Assert.Equal("There is no program '3n': did you mean 3m?\n", _supervisor.Error);
    }

    [Theory(Timeout = 10_000)]
    [InlineData("start", "3m")]
    [InlineData("restart", "3m")]
    [InlineData("reload")]
    [InlineData("status")]
    public async Task Without_a_supervisor_a_verb_ends_with_four(params string[] arguments)
    {
        _supervisor.Answer = null;

        Assert.Equal(ExitCode.NoSupervisor, await _supervisor.RunAsync(arguments, TestContext.Current.CancellationToken));
        Assert.StartsWith("No supervisor runs", _supervisor.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_reload_of_what_a_bot_would_refuse_changes_nothing()
    {
        _supervisor.Answer = _ => [new ControlReply.Report(Samples.Status()), new ControlReply.Done(ExitCode.Success)];
        _supervisor.CheckBot = (program, _) => Task.FromResult(new BotCheckOutcome(null, program.Name == "15m" ? "--timeframe: '7x' is not a timeframe." : null));

        Assert.Equal(ExitCode.Configuration, await _supervisor.RunAsync("reload", TestContext.Current.CancellationToken));
        Assert.Equal("programs.15m: --timeframe: '7x' is not a timeframe.\nNothing was changed.\n", _supervisor.Error);
        Assert.IsType<ControlRequest.Status>(Assert.Single(_supervisor.Requests));
    }

    [Fact(Timeout = 10_000)]
    public async Task Stopping_what_does_not_run_is_done_already()
    {
        _supervisor.Answer = null;

        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync("stop-all", TestContext.Current.CancellationToken));
        Assert.Equal("No supervisor runs: there is nothing to stop.\n", _supervisor.Output);
    }

    [Theory(Timeout = 10_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_all_says_whether_the_supervisor_stays(bool stays)
    {
        _supervisor.Answer = _ => [new ControlReply.Done(ExitCode.Success)];

        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync(stays ? "stop-all --keep-supervisor" : "stop-all", TestContext.Current.CancellationToken));

        Assert.Equal([new ControlRequest.StopAll(stays)], _supervisor.Requests);
        Assert.Equal(stays ? "All programs have stopped; the supervisor runs.\n" : "All programs have stopped, and the supervisor ends.\n", _supervisor.Output);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_supervisor_that_goes_before_it_has_answered_is_no_success()
    {
        _supervisor.Answer = _ => [new ControlReply.Progress("3m: STOPPED")];

        Assert.Equal(ExitCode.Failure, await _supervisor.RunAsync("stop-all", TestContext.Current.CancellationToken));
        Assert.StartsWith("The supervisor has gone", _supervisor.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 10_000)]
    public async Task Interrupted_a_verb_says_that_the_supervisor_goes_on()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _supervisor.Answer = _ => [];
        _supervisor.Hang = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, source.Token);
        var running = _supervisor.RunAsync(["stop", "3m"], source.Token);
        await _supervisor.WasAsked.Task.WaitAsync(TestContext.Current.CancellationToken);

        await source.CancelAsync();

        Assert.Equal(130, await running);
        Assert.StartsWith("Interrupted: the supervisor goes on", _supervisor.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_configuration_spoilt_later_does_not_keep_anybody_from_stopping()
    {
        _supervisor.LoadFault = "/etc/extgap/supervisor.json:3: 'x' is not JSON.";

        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync("stop 3m --config /etc/extgap/supervisor.json", TestContext.Current.CancellationToken));
        Assert.Equal("/etc/extgap/run", _supervisor.RunDirectory);
    }

    [Theory(Timeout = 10_000)]
    [InlineData("""{ "runDirectory": "sockets", "programs": { "3m": { "bot": { "timeframe": "3x" } } }, "extra": 1 }""", "sockets")]
    [InlineData("""{ "runDirectory": 5, "programs": {} }""", "run")]
    [InlineData("""{ "runDirectory": "sockets", """, "run")]
    public async Task A_supervisor_is_asked_where_the_spoilt_file_still_says_that_it_is(string spoilt, string expected)
    {
        using var folder = new ConfigurationFolder();
        folder.Write("supervisor.json", spoilt);
        _supervisor.Load = SupervisorFile.Load;

        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync($"stop 3m --config {folder.File}", TestContext.Current.CancellationToken));
        Assert.Equal(folder[expected], _supervisor.RunDirectory);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_supervisor_whose_folder_has_too_long_a_path_is_found_beside_a_file_that_says_nothing_any_more()
    {
        using var folder = new ConfigurationFolder();
        var file = folder.Write(Path.Combine(new('x', 80), "supervisor.json"), "{");
        _supervisor.Load = SupervisorFile.Load;
        _supervisor.Variables["XDG_RUNTIME_DIR"] = folder.Root;

        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync($"stop 3m --config {file}", TestContext.Current.CancellationToken));
        Assert.StartsWith(folder["extgap-"], _supervisor.RunDirectory, StringComparison.Ordinal);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_faulty_configuration_without_a_supervisor_is_told()
    {
        (_supervisor.Answer, _supervisor.LoadFault) = (null, "/etc/extgap/supervisor.json:3: 'x' is not JSON.");

        Assert.Equal(ExitCode.Configuration, await _supervisor.RunAsync("stop 3m", TestContext.Current.CancellationToken));
        Assert.Equal("/etc/extgap/supervisor.json:3: 'x' is not JSON.\n", _supervisor.Error);
    }
}
