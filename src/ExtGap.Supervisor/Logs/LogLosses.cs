namespace ExtGap.Supervisor.Logs;

/// <summary>What no file would take.</summary>
/// <param name="Bytes">Dropped since the log was opened.</param>
/// <param name="Why">The last fault in the system's words, such as <c>No space left on device</c>; it stays when writing works again.</param>
internal readonly record struct LogLosses(long Bytes, string? Why);
