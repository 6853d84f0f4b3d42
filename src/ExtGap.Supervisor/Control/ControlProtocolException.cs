namespace ExtGap.Supervisor.Control;

/// <summary>The other side did not keep to the control protocol; the message says in what.</summary>
internal sealed class ControlProtocolException : Exception
{
    public ControlProtocolException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
