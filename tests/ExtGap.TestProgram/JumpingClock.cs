using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Running;

namespace ExtGap.TestProgram;

/// <summary>A whole supervisor, with a wall clock that is a year ahead, right, and a year behind, a quarter of a second each. Monotonic time goes on as ever.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private const int Year = 365;

    public static Task<int> SuperviseAsync(string configuration) => Supervision.RunAsync(SupervisorFile.Load(configuration), Console.Out, new JumpingClock());

    public override DateTimeOffset GetUtcNow()
    {
        var right = base.GetUtcNow();
        return right.AddDays((right.Millisecond / 250 % 3 - 1) * Year);
    }
}
