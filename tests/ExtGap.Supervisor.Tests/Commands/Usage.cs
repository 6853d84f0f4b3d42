using ExtGap.Supervisor.Commands;

namespace ExtGap.Supervisor.Tests.Commands;

public sealed class Usage
{
    private readonly FakeSupervisor _supervisor = new();

    [Theory(Timeout = 10_000)]
    [InlineData("There is no verb 'strat-all': did you mean start-all?", "strat-all")]
    [InlineData("A verb is missing: init, start-all, ")]
    [InlineData("There is no option '--bogus' without a verb.", "--bogus")]
    [InlineData("There is no option '--jsn': did you mean --json?", "status", "--jsn")]
    [InlineData("There is no option '--bogus'.", "stop", "3m", "--bogus")]
    [InlineData("Unrecognized command or argument '--bogus'.", "reload", "--bogus")]
    [InlineData("Required argument missing for command: 'start'.", "start")]
    [InlineData("Unrecognized command or argument '<token>'.", "reload", "12345:hunter2-is-no-token")]
    [InlineData("There is no verb '<token>': ", "12345:hunter2-is-no-token")]
    [InlineData("'x' is not a number of lines: --tail takes a whole number from 0.", "status", "--tail", "x")]
    public async Task What_cannot_be_understood_is_told_and_ends_with_64(string expected, params string[] arguments)
    {
        Assert.Equal(ExitCode.Usage, await _supervisor.RunAsync(arguments, TestContext.Current.CancellationToken));
        Assert.StartsWith(expected, _supervisor.Error, StringComparison.Ordinal);
        Assert.EndsWith("--help' tells what there is.\n", _supervisor.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 10_000)]
    public async Task Each_verb_has_help_with_examples()
    {
        foreach (var command in CommandLine.Create(_supervisor.Surroundings()).Subcommands.Where(command => !command.Hidden))
        {
            var supervisor = new FakeSupervisor();

            Assert.Equal(ExitCode.Success, await supervisor.RunAsync($"{command.Name} --help", TestContext.Current.CancellationToken));
            Assert.Contains("Examples:\n  ", supervisor.Output, StringComparison.Ordinal);
            Assert.Contains($" {command.Name}", supervisor.Output[supervisor.Output.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        }
    }

    [Theory(Timeout = 10_000)]
    [InlineData("/etc/a.json", "--config", "/etc/a.json", "supervise")]
    [InlineData("/etc/a.json", "supervise", "--config", "/etc/a.json")]
    [InlineData("/etc/b.json", "supervise")]
    [InlineData("/etc/a.json in the background", "supervise", "--background", "--config", "/etc/a.json")]
    public async Task The_configuration_is_named_before_or_after_the_verb_or_by_the_environment(string expected, params string[] arguments)
    {
        _supervisor.Variables["EXTGAP_CONFIG"] = "/etc/b.json";

        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync(arguments, TestContext.Current.CancellationToken));
        Assert.Equal($"supervises {expected}", _supervisor.Output);
    }

    [Fact(Timeout = 10_000)]
    public async Task The_configuration_is_in_the_working_directory_where_nobody_names_one()
    {
        await _supervisor.RunAsync("supervise", TestContext.Current.CancellationToken);

        Assert.Equal($"supervises {Path.GetFullPath("supervisor.json")}", _supervisor.Output);
    }

    [Fact(Timeout = 10_000)]
    public async Task An_unknown_error_is_a_short_line()
    {
        _supervisor.Answer = _ => throw new NotSupportedException("nobody thought of it");

        Assert.Equal(ExitCode.Failure, await _supervisor.RunAsync("status", TestContext.Current.CancellationToken));
        Assert.Equal("extgap has failed by an error that it does not know: NotSupportedException: nobody thought of it\n", _supervisor.Error);
    }
}
