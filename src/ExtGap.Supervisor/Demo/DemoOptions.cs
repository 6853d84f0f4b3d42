namespace ExtGap.Supervisor.Demo;

/// <summary>What <c>extgap demo</c> was asked for.</summary>
internal sealed record DemoOptions
{
    /// <summary>Absolute path of the folder that it writes to, and empties first.</summary>
    public required string Folder { get; init; }

    /// <summary>Times real time, or <c>max</c>: as fast as the bots take it.</summary>
    public string Speed { get; init; } = "600";

    /// <summary>Absolute path of a kline file to play; none for a market that the exchange makes itself.</summary>
    public string? Klines { get; init; }

    /// <summary>When it ends by itself; none for Ctrl-C alone.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>The contract: the first part of the file's name, as the exchange publishes it.</summary>
    public string Symbol => Klines is null ? "BTCUSDT" : Path.GetFileName(Klines).Split('-', '.')[0].ToUpperInvariant();
}
