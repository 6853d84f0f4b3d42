using System.Text.RegularExpressions;
using dotenv.net;

namespace ExtGap.Bot.Configuration;

/// <summary>The <c>.env</c> file: settings and secrets that stand in for the environment. No message ever shows a value of it.</summary>
internal static partial class EnvFile
{
    private const string DefaultPath = ".env";

    /// <summary>Reads the file that was named, or else <c>.env</c> in the working directory where there is one.</summary>
    /// <exception cref="BotException">The named file is missing, or a file can't be read or is malformed.</exception>
    public static IReadOnlyDictionary<string, string> Read(string? path)
    {
        if (path is null && !File.Exists(DefaultPath))
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        path ??= DefaultPath;
        try
        {
            CheckLines(path);
            var options = new DotEnvOptions(ignoreExceptions: false, envFilePaths: [path])
                .WithSupportExportSyntax()
                .WithSupportInlineComments()
                .WithTrimValues();
            return new Dictionary<string, string>(options.Read(), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            throw new BotException(ExitCode.Configuration, $"The env file {path} can't be used: {e.Message}", e);
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
