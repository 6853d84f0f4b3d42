using System.Text.RegularExpressions;

namespace ExtGap.EndToEnd.Tests.Documentation;

/// <summary>
/// The sh blocks of a document as one script that stops at the first line that does not end as the document says: with exit code 0, or with
/// the one in the line's comment (<c># exit code 3</c>).
/// </summary>
public static partial class CommandScript
{
    /// <summary>How long a command that goes on until Ctrl-C is left alone, in seconds.</summary>
    private const int EndlessSeconds = 4;

    /// <summary>Where the documents' exchange listens.</summary>
    private const string DocumentedAuthority = "127.0.0.1:9090";

    /// <param name="blocks">In the document's order.</param>
    /// <param name="authority">Of the exchange that takes the place of the documents'; those that they start themselves take a free port.</param>
    public static string Of(IEnumerable<FencedBlock> blocks, string authority)
    {
        var script = new List<string> { "set -u", "curl() { command curl --fail --show-error \"$@\"; }" };
        foreach (var block in blocks)
        {
            for (var i = 0; i < block.Lines.Count; i++)
            {
                var line = block.Lines[i];
                if (line.Trim().Length == 0 || line.StartsWith('#') || Exceptions.Covers(line))
                {
                    continue;
                }

                var expected = ExpectedCode().Match(line) is { Success: true } match ? match.Groups["code"].Value : "0";
                if (Exceptions.Endless.Any(words => line.Contains(words, StringComparison.Ordinal)))
                {
                    // What timeout says of a command that it had to interrupt.
                    (line, expected) = ($"timeout --signal=INT --kill-after=20 {EndlessSeconds} {line}", "124");
                }

                script.Add($"echo '+ {block.Document}:{block.Line + i}' >&2");
                script.Add(line.Replace(DocumentedAuthority, authority, StringComparison.Ordinal).Replace("extgap-exchange --", "extgap-exchange --listen 127.0.0.1:0 --", StringComparison.Ordinal));
                script.Add($"code=$?; [ $code -eq {expected} ] || {{ echo '{block.Document}:{block.Line + i} ended with another code than {expected}:' $code >&2; exit 1; }}");
            }
        }

        return string.Join('\n', script) + "\n";
    }

    [GeneratedRegex("# exit code (?<code>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExpectedCode();
}
