namespace ExtGap.Supervisor.Configuration.Reading;

/// <summary>Guesses what somebody meant to write.</summary>
internal static class Spelling
{
    private const int Longest = 40;

    /// <returns>The word that is only a few letters away; none where nothing is near.</returns>
    public static string? Nearest(string written, IEnumerable<string> words)
    {
        var plain = Plain(written);
        return plain.Length is 0 or > Longest
            ? null
            : words
                .Select(word => (Word: word, Distance: Distance(plain, Plain(word)), Same: plain.AsSpan().CommonPrefixLength(Plain(word))))
                .Where(guess => guess.Distance <= Math.Max(plain.Length, guess.Word.Length) / 3)
                .OrderBy(guess => guess.Distance)
                .ThenByDescending(guess => guess.Same)
                .FirstOrDefault().Word;
    }

    // auto-start, AutoStart and auto_start are all autoStart.
    private static string Plain(string word) => string.Concat(word.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    // Levenshtein: the fewest letters to insert, delete or replace.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[b.Length];
    }
}
