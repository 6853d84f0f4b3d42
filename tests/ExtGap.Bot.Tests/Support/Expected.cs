namespace ExtGap.Bot.Tests.Support;

/// <summary>Makes CSV files comparable with those that are expected.</summary>
internal static class Expected
{
    /// <summary>The gap file without its first column, which must be each gap's detection bar time.</summary>
    public static string WithoutDetection(string gaps)
    {
        var lines = gaps.Split('\n').Where(line => line.Length > 0).Select(line => line.Split(',')).ToList();
        Assert.Equal("detected_at_utc", lines[0][0]);
        Assert.All(lines.Skip(1), row => Assert.Equal(row[6], row[0]));
        return string.Concat(lines.Select(row => string.Join(',', row.Skip(1)) + "\n"));
    }
}
