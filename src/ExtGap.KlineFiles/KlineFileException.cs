namespace ExtGap.KlineFiles;

/// <summary>A kline file that can't be used; the message names the file, the line and what is wrong with it.</summary>
public sealed class KlineFileException : Exception
{
    /// <summary>A fault of a file.</summary>
    public KlineFileException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
