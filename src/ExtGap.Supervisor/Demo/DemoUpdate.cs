using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Demo;

/// <summary>What comes from a demo's supervisor.</summary>
internal abstract record DemoUpdate
{
    private DemoUpdate()
    {
    }

    /// <summary>Something happened in the market.</summary>
    internal sealed record Happened(IReadOnlyList<StyledLine> Lines) : DemoUpdate;

    /// <summary>How all programs fare.</summary>
    internal sealed record Status(SupervisorStatus All) : DemoUpdate;
}
