using ExtGap.Supervisor.Alerts;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Tests.Lifecycle.Simulation;
using ExtGap.Supervisor.Tests.Support;
using FsCheck.Xunit;

namespace ExtGap.Supervisor.Tests.Alerts;

/// <summary>The same random lives as the machine's, with a feed that goes stale and comes back until the world heals.</summary>
[Properties(Arbitrary = [typeof(Seeds)], MaxTest = 1500)]
public sealed class IncidentProperties
{
    [Property]
    public void An_incident_is_told_once_when_it_begins_and_once_when_it_is_over(Seed seed)
    {
        var open = new HashSet<IncidentKind>();
        Watch(seed, look =>
        {
            if (!look.State.IsWanted)
            {
                open.Clear();
            }

            return look.Alerts.All(alert => alert.IsOver ? open.Remove(alert.Kind) : open.Add(alert.Kind));
        });
    }

    [Property]
    public void Nothing_is_told_of_a_program_that_nobody_wants_to_run(Seed seed) =>
        Watch(seed, look => look.State.IsWanted || (look.Alerts.Count == 0 && look.NextDeadline is null));

    [Property]
    public void What_was_told_is_over_when_all_is_well_for_long_enough(Seed seed)
    {
        var open = new HashSet<IncidentKind>();
        Watch(seed, look =>
        {
            open = look.State.IsWanted ? open : [];
            open.UnionWith(look.Alerts.Where(alert => !alert.IsOver).Select(alert => alert.Kind));
            open.ExceptWith(look.Alerts.Where(alert => alert.IsOver).Select(alert => alert.Kind));
            var isWell = look.State.Phase == ProgramPhase.Running && look.Feed.IsFresh && look.Now - look.State.Since >= look.World.Options.Restart.ResetAfter;
            return !isWell || open.Count == 0;
        });
    }

    [Property]
    public void A_program_that_is_down_for_long_is_told_of_unless_a_crash_loop_says_so(Seed seed)
    {
        TimeSpan? downSince = null;
        var open = new HashSet<IncidentKind>();
        Watch(seed, look =>
        {
            open = look.State.IsWanted ? open : [];
            open.UnionWith(look.Alerts.Where(alert => !alert.IsOver).Select(alert => alert.Kind));
            open.ExceptWith(look.Alerts.Where(alert => alert.IsOver).Select(alert => alert.Kind));
            var isDown = look.State.IsWanted && look.State.Phase != ProgramPhase.Running && look.State is not { Phase: ProgramPhase.Exited, Succeeded: true };
            downSince = isDown ? downSince ?? look.Now : null;
            var isLong = look.Now - downSince >= look.World.Options.Alert.After;
            var mayBeSilent = open.Contains(IncidentKind.CrashLoop) && look.State.Phase is not (ProgramPhase.Fatal or ProgramPhase.Exited);
            return open.Contains(IncidentKind.Down) ? isLong : !isLong || mayBeSilent;
        });
    }

    private static void Watch(Seed seed, Func<Look, bool> holds)
    {
        var random = new Random(seed.Value);
        var feed = FeedFreshness.Unknown;
        ProgramWorld? world = null;
        IncidentTracker? tracker = null;
        world = new(seed.Value)
        {
            OnMove = move =>
            {
                feed = world!.IsHealed ? FeedFreshness.Fresh : random.Next(20) switch { 0 => FeedFreshness.Fresh, 1 => FeedFreshness.Unknown, 2 => FeedFreshness.Stale(move.Now), _ => feed };
                Observe();
            },
        };
        tracker = new(world.Options);
        world.Run();

        void Observe()
        {
            var look = new Look(world!, world!.Now, world.State, feed, tracker!.Observe(world.State, feed, world.Now), tracker.NextDeadline);
            if (!holds(look))
            {
                Assert.Fail($"{seed}, {look.Now} {look.State.Phase} {look.Feed}: {string.Join(", ", look.Alerts)}\n{world}");
            }

            if (look.NextDeadline is { } deadline)
            {
                // A deadline that is not ahead would have the loop look for ever.
                Assert.True(deadline > look.Now, $"{seed}: {deadline} is not after {look.Now}");
                world.Schedule(deadline - look.Now, Observe);
            }
        }
    }

    private sealed record Look(ProgramWorld World, TimeSpan Now, ProgramState State, FeedFreshness Feed, IReadOnlyList<Alert> Alerts, TimeSpan? NextDeadline);
}
