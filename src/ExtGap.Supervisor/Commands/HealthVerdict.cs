using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Presentation;
using ExtGap.Supervisor.Status;

namespace ExtGap.Supervisor.Commands;

/// <summary>What <c>extgap health --json</c> prints.</summary>
/// <param name="Healthy">Whether all programs that should run do, and each bot hears the exchange and keeps up with it.</param>
/// <param name="Problems">A sentence each.</param>
internal sealed record HealthReport(bool Healthy, IReadOnlyList<string> Problems);

/// <summary>Whether the programs do their work.</summary>
internal static class HealthVerdict
{
    public static HealthReport Of(SupervisorStatus status)
    {
        var problems = status.Programs.SelectMany(Problems).ToList();
        return new(problems.Count == 0, problems);
    }

    private static IEnumerable<string> Problems(ProgramStatus program)
    {
        if (program.IsTroubled)
        {
            yield return $"{program.Name}: {program.State}{(program.Reason ?? program.LastExit) switch { { } why => $", {why}", _ => string.Empty }}; see 'extgap status {program.Name}'.";
        }

        // One that does not run has no feed; that it should run is told already, where it should.
        if (program is not { State: "RUNNING", Bot: { } bot })
        {
            yield break;
        }

        if (bot.AgeSeconds > BotFeed.LongestSilence)
        {
            yield return $"{program.Name}: the bot has said nothing of itself for {Words.Seconds(bot.AgeSeconds)}, allowed are {BotFeed.LongestSilence} s.";
        }

        if (bot.SecondsSinceLastFrame is not { } silence)
        {
            yield return $"{program.Name}: no data from the exchange yet ({bot.Feed ?? "unknown"}); see 'extgap logs {program.Name}'.";
        }
        else if (silence > BotFeed.LongestSilence)
        {
            yield return $"{program.Name}: no data from the exchange for {Words.Seconds(silence)} ({bot.Feed ?? "unknown"}), allowed are {BotFeed.LongestSilence} s; see 'extgap logs {program.Name}'.";
        }

        if (bot.OverdueSeconds is { } late && late > BotFeed.CandleGrace)
        {
            yield return $"{program.Name}: a candle is {Words.Seconds(late)} overdue, allowed are {BotFeed.CandleGrace} s; see 'extgap logs {program.Name}'.";
        }
    }
}
