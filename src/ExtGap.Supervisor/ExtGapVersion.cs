namespace ExtGap.Supervisor;

/// <summary>The version of this executable.</summary>
internal static class ExtGapVersion
{
    /// <summary>Such as <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(ExtGapVersion).Assembly.GetName().Version?.ToString(3) ?? "unknown";
}
