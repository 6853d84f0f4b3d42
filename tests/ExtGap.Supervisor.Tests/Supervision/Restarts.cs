using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Tests.Running.Support;
using ExtGap.Supervisor.Tests.Supervision.Support;

namespace ExtGap.Supervisor.Tests.Supervision;

/// <summary>A run that begins the moment that the one before it has ended.</summary>
public sealed class Restarts
{
    [Fact(Timeout = Repeated.Timeout)]
    public Task A_bot_that_is_restarted_again_and_again_is_heard_each_time() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.ReadyBot("bot", """ "readyTimeout": "10s" """));
        await supervisor.IsAsync("bot", "RUNNING");

        for (var restart = 0; restart < 20; restart++)
        {
            var result = await supervisor.AskAsync(new ControlRequest.Restart(["bot"]));
            Assert.True(result.Code == 0, $"Restart {restart}: {result.Text}");
        }

        Assert.Equal(21, supervisor.LinesOf("bot.pids").Length);
        Assert.Empty(supervisor.Clashes);
    }, TestContext.Current.CancellationToken);
}
