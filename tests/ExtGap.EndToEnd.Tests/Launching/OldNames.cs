namespace ExtGap.EndToEnd.Tests.Launching;

/// <summary>The scripts by the names that earlier deployments had.</summary>
public sealed class OldNames : IDisposable
{
    private readonly FakeClone _clone = new();

    public void Dispose() => _clone.Dispose();

    [Theory(Timeout = 30_000)]
    [InlineData("start_all_bots.sh", "start-all")]
    [InlineData("status_all_bots.sh", "status")]
    [InlineData("stop_all_bots.sh", "stop-all")]
    [InlineData("restart_bot.sh", "restart 3m", "3m")]
    [InlineData("health_check.sh", "health")]
    public async Task Each_is_its_verb_for_the_clones_configuration_with_its_exit_code(string script, string verb, params string[] arguments)
    {
        _clone.Write("product", FakeClone.TellingProduct + "exit 3\n");
        var run = await _clone.RunAsync("scripts/" + script, TestContext.Current.CancellationToken, arguments);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains($"ran [{verb}]", run.Output, StringComparison.Ordinal);
        Assert.Contains("config []", run.Output, StringComparison.Ordinal);
    }
}
