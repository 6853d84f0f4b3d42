using System.Text.RegularExpressions;
using dotenv.net;

namespace ExtGap.Shared;

/// <summary>An env file that can't be used; the message names it and shows no value of it.</summary>
internal sealed class EnvFileException(string message, Exception cause) : Exception(message, cause);

/// <summary>Reads env files. The source is compiled into bot and supervisor, so that both take the same files and neither depends on the other.</summary>
internal static partial class EnvFileReader
{
    private const long LargestSize = 1 << 20;

    /// <exception cref="EnvFileException">The file is missing, can't be read or is malformed.</exception>
    public static Dictionary<string, string> Read(string path)
    {
        try
        {
            FileFacts.CheckBeforeReading(path, LargestSize, "1 MB");
            CheckLines(path);
            var options = new DotEnvOptions(ignoreExceptions: false, envFilePaths: [path])
                .WithSupportExportSyntax()
                .WithSupportInlineComments()
                .WithTrimValues();
            return new(options.Read(), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            throw new EnvFileException($"The env file {path} can't be used: {e.Message}", e);
        }
    }

    // The library passes over a line that it does not understand, and a token that is silently not there costs a night's messages.
    private static void CheckLines(string path)
    {
        char? openQuote = null;
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Contains('\0'))
            {
                throw new FormatException($"line {number} has a NUL character, which no variable can have.");
            }

            if (openQuote is { } quote)
            {
                openQuote = line.Contains(quote) ? null : openQuote;
                continue;
            }

            var match = Assignment().Match(line);
            if (!match.Success)
            {
                throw new FormatException($"line {number} is neither NAME=VALUE, a # comment nor empty.");
            }

            var value = match.Groups["value"].Value;
            openQuote = value is ['"' or '\'', ..] && !value[1..].Contains(value[0]) ? value[0] : null;
        }

        if (openQuote is not null)
        {
            throw new FormatException($"a quote ({openQuote}) is opened and never closed.");
        }
    }

    [GeneratedRegex(@"^\s*(#.*|(export\s+)?[A-Za-z_][A-Za-z0-9_.]*\s*=\s*(?<value>.*))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignment();
}
