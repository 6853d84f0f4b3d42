using System.Buffers;
using ExtGap.Bot.Configuration;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Projections;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Strategy;

/// <summary>The two CSV files of a strategy: rows are gathered while a transaction is open and written once it is committed.</summary>
internal sealed class StrategyFiles
{
    private readonly Symbol _symbol;
    private readonly StrategyLedger _ledger;
    private readonly CsvProjection _gapFile;
    private readonly CsvProjection _tradeFile;
    private readonly ArrayBufferWriter<byte> _gapRows = new();
    private readonly ArrayBufferWriter<byte> _tradeRows = new();
    private bool _tradeReplaced;

    public StrategyFiles(Symbol symbol, BotOptions options, StrategyLedger ledger, TimeProvider time, ILogger log)
    {
        _symbol = symbol;
        _ledger = ledger;
        _gapFile = new(Path.Combine(options.DataDirectory, CsvFormat.GapFileName(symbol, options.Timeframe)), WriteAllGaps, time, log);
        _tradeFile = new(Path.Combine(options.DataDirectory, CsvFormat.TradeFileName(symbol, options.Timeframe)), WriteAllTrades, time, log);
    }

    /// <summary>Makes the files what the ledger gives.</summary>
    public void Synchronize()
    {
        _gapFile.Synchronize();
        _tradeFile.Synchronize();
    }

    public void Add(ExternalGap gap, Instant detectedAt) => CsvFormat.WriteGap(_gapRows, _symbol, gap, detectedAt);

    public void Add(Trade trade) => CsvFormat.WriteTrade(_tradeRows, _symbol, trade);

    /// <summary>A trade that has its row already has become another one: the file is written anew.</summary>
    public void TradeReplaced() => _tradeReplaced = true;

    /// <summary>Writes what was gathered, which is in the ledger by now.</summary>
    public void Write()
    {
        Write(_gapFile, _gapRows);
        if (_tradeReplaced)
        {
            _tradeReplaced = false;
            _tradeRows.ResetWrittenCount();
            _tradeFile.Replace();
        }

        Write(_tradeFile, _tradeRows);
    }

    private static void Write(CsvProjection file, ArrayBufferWriter<byte> rows)
    {
        if (rows.WrittenCount > 0)
        {
            file.Append(rows.WrittenSpan);
            rows.ResetWrittenCount();
        }
    }

    private void WriteAllGaps(IBufferWriter<byte> output)
    {
        output.Write(CsvFormat.GapHeader);
        foreach (var found in _ledger.ReadGaps())
        {
            CsvFormat.WriteGap(output, _symbol, found.Gap, found.DetectedAt);
        }
    }

    private void WriteAllTrades(IBufferWriter<byte> output)
    {
        output.Write(CsvFormat.TradeHeader);
        foreach (var trade in _ledger.ReadTrades())
        {
            CsvFormat.WriteTrade(output, _symbol, trade);
        }
    }
}
