using System.Globalization;

namespace ExtGap.Bot.Projections;

/// <summary>Names for files that are set aside rather than overwritten.</summary>
internal static class KeptFiles
{
    /// <summary>A free name beside a file: <c>NAME.kept-20260131T120000Z</c>, with a number behind it where that one is taken.</summary>
    public static string NameFor(string path, TimeProvider time)
    {
        var name = path + ".kept-" + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var free = name;
        for (var i = 2; Path.Exists(free); i++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
        }

        return free;
    }
}
