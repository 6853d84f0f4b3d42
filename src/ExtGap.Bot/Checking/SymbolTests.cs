using ExtGap.Bot.Configuration;
using ExtGap.Bot.Feed;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Checking;

/// <summary>Whether the exchange has the contracts: one question for all of them.</summary>
internal static class SymbolTests
{
    public static async Task<IReadOnlyList<OnlineTest>> RunAsync(BinanceRest rest, IReadOnlyList<Symbol> symbols, CancellationToken cancellationToken)
    {
        try
        {
            var contracts = await rest.GetSymbolsAsync(cancellationToken);
            var known = contracts.Select(contract => contract.Symbol).ToHashSet(StringComparer.Ordinal);
            return [.. symbols.Select(symbol => known.Contains(symbol.ToString())
                ? Test(symbol, TestOutcome.Good, "the exchange has it")
                : Test(symbol, TestOutcome.Refused, $"the exchange has no {symbol} among its {contracts.Count} USDⓈ-M futures: a name such as BTCUSDT is needed"))];
        }
        catch (ExchangeException e)
        {
            return [.. symbols.Select(symbol => Test(symbol, TestOutcome.Unreachable, e.Message.TrimEnd('.')))];
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return [.. symbols.Select(symbol => Test(symbol, TestOutcome.Unreachable, $"the exchange has not answered in time; see {Settings.ApiUrl.Option}"))];
        }
    }

    private static OnlineTest Test(Symbol symbol, TestOutcome outcome, string text) => new(TestedThing.Symbol, symbol.ToString(), outcome, text);
}
