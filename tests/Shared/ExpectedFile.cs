namespace ExtGap.Tests;

/// <summary>Compares a text with a file that it must equal byte for byte.</summary>
public static class ExpectedFile
{
    /// <summary>Fails with the first line that differs.</summary>
    public static void AssertSame(string path, string actual)
    {
        var expected = File.ReadAllText(path);
        if (string.Equals(expected, actual, StringComparison.Ordinal))
        {
            return;
        }

        var (expectedLines, actualLines) = (expected.Split('\n'), actual.Split('\n'));
        var line = expectedLines.Zip(actualLines).TakeWhile(pair => pair.First.Equals(pair.Second, StringComparison.Ordinal)).Count();
        Assert.Fail(
            $"{Path.GetFileName(path)}, line {line + 1} of {expectedLines.Length} (here {actualLines.Length}):\n"
            + $"expected {expectedLines.ElementAtOrDefault(line)}\n  actual {actualLines.ElementAtOrDefault(line)}");
    }
}
