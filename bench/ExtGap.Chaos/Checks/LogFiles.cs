using System.Text;
using ExtGap.Chaos.Product;

namespace ExtGap.Chaos.Checks;

/// <summary>The product's logs, rotated files first.</summary>
internal static class LogFiles
{
    /// <summary>All lines of a log, oldest first.</summary>
    public static IEnumerable<string> ReadLines(Workplace place, string name) =>
        Enumerable.Range(0, 101).Reverse().Select(i => Path.Combine(place.Logs, i == 0 ? $"{name}.log" : $"{name}.log.{i}")).Where(File.Exists).SelectMany(File.ReadLines);

    /// <summary>Files of the deployment in which the token stands, but .env.</summary>
    public static IEnumerable<string> WithSecret(Workplace place)
    {
        var secret = Encoding.ASCII.GetBytes(Workplace.Secret);
        return Directory.EnumerateFiles(place.Deployment, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) is not (".env" or ".env.part") && File.ReadAllBytes(path).AsSpan().IndexOf(secret) >= 0);
    }
}
