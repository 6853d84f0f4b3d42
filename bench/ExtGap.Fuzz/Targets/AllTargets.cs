using ExtGap.Fuzz.Running;

namespace ExtGap.Fuzz.Targets;

/// <summary>All that is fuzzed, by name.</summary>
internal static class AllTargets
{
    private static readonly Func<FuzzTarget>[] Makers =
    [
        () => new KlineFrames(), () => new RestBodies(), () => new KlineCsvFiles(), () => new ControlRequests(), () => new ControlReplies(), () => new SupervisorFiles(), () => new EnvFiles(),
        () => new BotNotifications(), () => new TelegramAnswers(), () => new StreamRequests(),
    ];

    private static readonly Dictionary<string, Func<FuzzTarget>> ByName = Makers.ToDictionary(NameOf, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <returns>None where there is no such target; the caller disposes of it.</returns>
    public static FuzzTarget? Find(string name) => ByName.GetValueOrDefault(name)?.Invoke();

    private static string NameOf(Func<FuzzTarget> make)
    {
        using var target = make();
        return target.Name;
    }
}
