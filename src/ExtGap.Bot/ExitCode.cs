namespace ExtGap.Bot;

/// <summary>The exit codes of <c>extgap-bot</c>; supervisors and scripts go by them.</summary>
public static class ExitCode
{
    /// <summary>A requested stop, or a command that did what it was asked.</summary>
    public const int Success = 0;

    /// <summary>Anything that has no code of its own; starting again may help.</summary>
    public const int Failure = 1;

    /// <summary>A command line that can't be understood (EX_USAGE).</summary>
    public const int Usage = 64;

    /// <summary>Another bot holds the ledger (EX_TEMPFAIL).</summary>
    public const int LedgerInUse = 75;

    /// <summary>A configuration that can't work however often it is tried (EX_CONFIG).</summary>
    public const int Configuration = 78;
}
