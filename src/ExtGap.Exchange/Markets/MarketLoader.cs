using ExtGap.Core.Market;
using ExtGap.KlineFiles;

namespace ExtGap.Exchange.Markets;

/// <summary>Makes the market that the options ask for.</summary>
internal static class MarketLoader
{
    private const string DefaultSymbol = "BTCUSDT";

    /// <summary>Reads the files and prepares the symbols that are made.</summary>
    /// <exception cref="ExchangeException">A file can't be used, or a symbol is asked for twice.</exception>
    public static Market Load(ExchangeOptions options, Instant now)
    {
        var files = options.KlineFiles.GroupBy(file => file.Symbol).ToList();
        if (options.Symbols.FirstOrDefault(symbol => files.Exists(group => group.Key == symbol)) is var twice && twice != default)
        {
            throw new ExchangeException($"--symbol {twice} is asked for, but --klines has files of {twice} too: a symbol is either played or made.", 64);
        }

        try
        {
            var played = files.ConvertAll(group => FileBars.Load(group.Key, [.. group.Select(file => file.Path)]));
            var symbols = options.Symbols.Count == 0 && played.Count == 0 ? [Symbol.Parse(DefaultSymbol)] : options.Symbols;
            var start = options.Start ?? (played.Count > 0 ? new Instant(played.Min(bars => bars.FirstOpenTime)) : now);
            return new([.. played, .. symbols.Distinct().Select(symbol => MadeBars.Of(symbol, options.Seed, start))]);
        }
        catch (KlineFileException e)
        {
            throw new ExchangeException(e.Message, 78, e);
        }
    }
}
