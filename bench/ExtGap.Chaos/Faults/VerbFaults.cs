using ExtGap.Chaos.Product;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Chaos.Faults;

/// <summary>Clients that want things, several at once.</summary>
internal static class VerbFaults
{
    public static IEnumerable<FaultKind> Of(World world) =>
    [
        new("restart of a bot", TimeSpan.FromSeconds(12), async (random, token) =>
        {
            var bot = Some(random);
            await world.RunAsync(token, "restart", bot);
            await world.RunAsync(token, "start", bot);
            return await world.UntilLiveAsync("restart of a bot", [bot], token);
        }) { Repeats = 1 },
        new("stop of a bot, then start", TimeSpan.FromSeconds(15), async (random, token) =>
        {
            var bot = Some(random);
            await world.RunAsync(token, "stop", bot);
            await Task.Delay(TimeSpan.FromSeconds(random.NextDouble()), TimeProvider.System, token);
            await world.RunAsync(token, "start", bot);
            return await world.UntilLiveAsync("stop of a bot, then start", [bot], token);
        }) { Repeats = 1 },
        new("stop-all, then start-all", TimeSpan.FromSeconds(60), async (_, token) =>
        {
            await world.RunAsync(token, "stop-all");
            await world.EnsureSupervisorAsync(token);
            return await world.UntilLiveAsync("stop-all, then start-all", Workplace.Timeframes, token);
        }) { Repeats = Workplace.Timeframes.Count },
        new("reload, of a good file or a broken one", TimeSpan.FromSeconds(15), async (random, token) =>
        {
            if (random.Next(3) == 0)
            {
                await BreakConfigurationAsync(world, random, token);
            }
            else
            {
                await ConfigureAsync(world, random.Next(8, 12), random.Next(2) == 0);
                await world.RunAsync(token, "reload");
            }

            return null;
        }) { Repeats = Workplace.Timeframes.Count },
        new("status", TimeSpan.FromSeconds(5), async (random, token) =>
        {
            await world.RunAsync(token, random.Next(2) == 0 ? ["status", "--json"] : ["status", "--tail", "5"]);
            return null;
        }),
        new("client that hangs up", TimeSpan.FromSeconds(4), async (random, token) =>
        {
            string[][] all = [["logs", Some(random), "-f"], ["logs", "--all", "-f"], ["status", "--watch"], ["logs", Workplace.Beat, "-f", "-n", "5000"], ["restart", Workplace.Beat]];
            using var process = world.Verbs.Start(all[random.Next(all.Length)]);
            await Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * 3), TimeProvider.System, token);
            Processes.Signal(process.Id, random.Next(2) == 0 ? Signals.Kill : Signals.Interrupt);
            return null;
        }),
    ];

    private static string Some(Random random) => Workplace.Timeframes[random.Next(Workplace.Timeframes.Count)];

    private static async Task BreakConfigurationAsync(World world, Random random, CancellationToken cancellationToken)
    {
        string[] broken = ["", "{", "{ \"programs\": { \"3m\": {} } }", "{ \"programs\": 3 }", new string('[', 10_000), "{ \"programs\": { \"3m\": { \"bot\": { \"timeframe\": \"7x\" } } } }"];
        try
        {
            await File.WriteAllTextAsync(world.Place.Configuration, broken[random.Next(broken.Length)], cancellationToken);
            var refused = await world.RunAsync(cancellationToken, "reload");
            if (refused.ExitCode == 0)
            {
                world.Journal.Find($"A reload took a broken supervisor.json: {refused.Output}");
            }
        }
        catch (IOException)
        {
            throw new NotNowException();
        }
        finally
        {
            await ConfigureAsync(world, 10, hasExtra: false);
        }
    }

    private static async Task ConfigureAsync(World world, int watchdogSeconds, bool hasExtra)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                world.Place.Configure(world.Exchange.Address, watchdogSeconds, hasExtra);
                return;
            }
            catch (IOException) when (tries < 200)
            {
                // The disk is full for a few seconds, and the file must be whole before anybody starts a supervisor.
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }
}
