using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;

namespace ExtGap.Supervisor.Running;

/// <summary>What the loop that owns all programs can be given.</summary>
internal abstract record LoopInput
{
    private LoopInput()
    {
    }

    /// <summary>Tells whoever waits for an answer that there is none.</summary>
    public virtual void Fail(Exception why)
    {
    }

    /// <summary>Something happened to a process of a program's.</summary>
    internal sealed record Happened(SupervisedProgram Program, ProgramInput Input) : LoopInput;

    /// <summary>A bot told of itself.</summary>
    internal sealed record Told(SupervisedProgram Program, int Run, Notification Notification) : LoopInput;

    /// <summary>A program's group was measured.</summary>
    internal sealed record Measured(string Name, int Run, long Bytes) : LoopInput;

    /// <summary>Somebody wishes a start, a stop or a restart.</summary>
    /// <param name="Input">The wish.</param>
    /// <param name="Names">Of which programs; none means all, and all that start by themselves where it is a start.</param>
    /// <param name="Answer">The programs after it.</param>
    internal sealed record Wish(ProgramInput Input, IReadOnlyList<string>? Names, TaskCompletionSource<IReadOnlyList<ProgramView>> Answer) : LoopInput
    {
        public override void Fail(Exception why) => Answer.TrySetException(why);
    }

    /// <summary>The configuration was read again.</summary>
    internal sealed record Reload(SupervisorOptions Options, TaskCompletionSource<ReloadResult> Answer) : LoopInput
    {
        public override void Fail(Exception why) => Answer.TrySetException(why);
    }

    /// <summary>Somebody wants to know how all fare.</summary>
    internal sealed record Look(TaskCompletionSource<IReadOnlyList<ProgramView>> Answer) : LoopInput
    {
        public override void Fail(Exception why) => Answer.TrySetException(why);
    }

    /// <summary>Stop all, and start nothing any more.</summary>
    internal sealed record ShutDown : LoopInput;

    /// <summary>Time has passed.</summary>
    internal sealed record Tick : LoopInput;
}

/// <summary>What a reload did, by the programs' names.</summary>
/// <param name="Started">New, or mended.</param>
/// <param name="Stopped">Gone.</param>
/// <param name="Restarted">Changed while they ran.</param>
/// <param name="Changed">Changed or new, and not running: the next start takes it.</param>
internal sealed record ReloadResult(List<string> Started, List<string> Stopped, List<string> Restarted, List<string> Changed);
