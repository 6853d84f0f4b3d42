using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Demo;

/// <summary>What comes from a demo's supervisor.</summary>
internal abstract record DemoUpdate
{
    private DemoUpdate()
    {
    }

    /// <summary>Something happened in the market.</summary>
    internal sealed record Happened(IReadOnlyList<DemoEvent> Events) : DemoUpdate;

    /// <summary>How all programs fare.</summary>
    internal sealed record Status(SupervisorStatus All) : DemoUpdate;
}
