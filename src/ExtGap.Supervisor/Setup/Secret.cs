namespace ExtGap.Supervisor.Setup;

/// <summary>A text that no message shows by accident.</summary>
internal sealed class Secret(string value)
{
    /// <summary>The text itself, for the one file and the one environment that need it.</summary>
    public string Reveal() => value;

    public override string ToString() => "<secret>";
}
