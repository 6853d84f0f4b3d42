using ExtGap.Supervisor.Lifecycle;

namespace ExtGap.Supervisor.Running;

/// <summary>Starts processes of programs.</summary>
internal interface IProgramLauncher
{
    /// <summary>Begins a run, and returns before the process is there.</summary>
    IProgramRun Launch(SupervisedProgram program, int run);
}

/// <summary>A process of a program, there or about to be.</summary>
internal interface IProgramRun
{
    /// <summary>Sends a signal to the whole group, where there is one.</summary>
    void Signal(ProgramSignal signal);
}

/// <summary>Is told what becomes of processes.</summary>
internal interface IProcessListener
{
    ValueTask HappenedAsync(SupervisedProgram program, ProgramInput input);

    ValueTask ToldAsync(SupervisedProgram program, int run, Notification notification);
}
