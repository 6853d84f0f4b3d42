namespace ExtGap.Chaos;

/// <summary>What is asked for on the command line.</summary>
/// <param name="Duration">How long the chaos lasts.</param>
/// <param name="Seed">Where the chances come from.</param>
/// <param name="Days">How much of the market's month is played: each gap is told, and what waits is told by one message a second.</param>
/// <param name="Intensity">How many faults, 1 being the usual.</param>
/// <param name="Folder">Where everything is written; none for a temporary folder.</param>
/// <param name="Executables">The folder of the product's executables; none for those of the same build of the repository.</param>
internal sealed record ChaosOptions(TimeSpan Duration, int Seed, int Days, double Intensity, string? Folder, string? Executables)
{
    /// <summary>Exit code of a command line that makes no sense.</summary>
    public const int Usage = 64;

    /// <summary>What is wrong with them; none where nothing is.</summary>
    public string? Complaint =>
        !OperatingSystem.IsLinux() ? "The chaos harness reads /proc: it runs on Linux only."
        : Duration < TimeSpan.FromMinutes(0.2) || Duration > TimeSpan.FromDays(1) ? $"--minutes: {Duration.TotalMinutes} is not within 0.2 to 1440."
        : Days is < 1 or > SyntheticMonth.Days ? $"--days: {Days} is not within 1 to {SyntheticMonth.Days}."
        : !(Intensity is >= 0.1 and <= 3) ? $"--intensity: {Intensity} is not within 0.1 to 3."
        : null;
}
