using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Configuration;

[Collection(Cli.Collection)]
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--timeframe is needed")]
    [InlineData("'7m' is not a timeframe", "--timeframe", "7m")]
    [InlineData("--what", "--timeframe", "3m", "--what")]
    [InlineData("--timeframe", "--timeframe")]
    [InlineData("extra", "--timeframe", "3m", "extra")]
    public async Task Wrong_usage_ends_with_64_before_anything_is_done(string expected, params string[] arguments)
    {
        var (exitCode, output, error) = await Cli.RunAsync(arguments);

        Assert.Equal((ExitCode.Usage, string.Empty), (exitCode, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--token", "12345:hunter2-is-no-token")]
    [InlineData("--token=12345:hunter2-is-no-token")]
    [InlineData("--timeframe", "3m", "12345:hunter2-is-no-token")]
    public async Task A_token_on_the_command_line_is_not_repeated(params string[] arguments)
    {
        var (exitCode, _, error) = await Cli.RunAsync(arguments);

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains("<token>", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_env_file_that_is_missing_ends_with_78()
    {
        var (exitCode, _, error) = await Cli.RunAsync("--timeframe", "3m", "--env-file", "/nowhere/.env");

        Assert.Equal(ExitCode.Configuration, exitCode);
        Assert.Contains("/nowhere/.env", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_setting_its_variable_and_its_default()
    {
        var (exitCode, output, error) = await Cli.RunAsync("--help");

        Assert.Equal((0, string.Empty), (exitCode, error));
        Assert.All(Bot.Configuration.Settings.Bot, setting =>
        {
            Assert.Contains(setting.Option, output, StringComparison.Ordinal);
            Assert.Contains(setting.Variable, output, StringComparison.Ordinal);
        });
        Assert.DoesNotContain("TOKEN", output, StringComparison.OrdinalIgnoreCase);
    }
}
