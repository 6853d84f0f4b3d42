using System.Runtime.InteropServices;

namespace ExtGap.Supervisor.Logs;

/// <summary>The faults of disks and folders, which stop nobody, in the system's words.</summary>
internal static class DiskFault
{
    private const int LargestErrno = 4095;

    /// <summary>Whether a disk or folder is the cause, not a mistake of ours.</summary>
    // A file that is larger than the user's limit (EFBIG) is an ArgumentOutOfRangeException, one without a length (a pipe) not supported.
    public static bool Is(Exception error) =>
        error is IOException or UnauthorizedAccessException or NotSupportedException || IsTooLarge(error);

    /// <summary>Such as <c>No space left on device</c>.</summary>
    public static string Describe(Exception error) => error switch
    {
        UnauthorizedAccessException { InnerException: IOException cause } => Describe(cause),
        // An IOException's HResult is the system's own number for the error, where it has no type of its own.
        IOException { HResult: > 0 and <= LargestErrno } => Marshal.GetPInvokeErrorMessage(error.HResult),
        _ when IsTooLarge(error) => "File too large",
        _ => error.Message,
    };

    private static bool IsTooLarge(Exception error) => error is ArgumentOutOfRangeException { ParamName: "value" };
}
