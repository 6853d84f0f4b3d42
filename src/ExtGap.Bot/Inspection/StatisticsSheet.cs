using System.Text.Json;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Inspection;

/// <summary><c>extgap-bot stats</c>: what a ledger's gaps and trades come to, and where its bot stands.</summary>
internal sealed class StatisticsSheet
{
    private const int NameWidth = 20;

    private readonly LedgerReader _ledger;
    private readonly LedgerQuery _query;
    private readonly Candle? _last;
    private readonly GapStatistics _gaps;
    private readonly TradeStatistics _trades;

    private StatisticsSheet(LedgerReader ledger, LedgerQuery query)
    {
        _ledger = ledger;
        _query = query;
        _last = ledger.ReadLastCandle();
        foreach (var found in query.Select(ledger, ledger.ReadGaps(), found => found.Gap.DetectionBar))
        {
            _gaps = _gaps.After(found.Gap);
        }

        foreach (var trade in query.Select(ledger, ledger.ReadTrades(), trade => trade.ExitTime))
        {
            _trades = _trades.After(trade.RealizedProfit, trade.Position.Fees, trade.Position.Notional);
        }
    }

    private TraderState Trader => _ledger.State?.Trader ?? default;

    private Trend Trend => _ledger.State?.Trend ?? default;

    private long CandleCount => _ledger.State?.Detector.CandleCount ?? 0;

    public static void Write(LedgerReader ledger, LedgerQuery query, Stream output)
    {
        var sheet = new StatisticsSheet(ledger, query);
        if (query.Json)
        {
            sheet.WriteJson(output);
        }
        else
        {
            sheet.WriteText(output);
        }
    }

    private void WriteText(Stream output)
    {
        using var text = new StreamWriter(output, leaveOpen: true);
        void Line(string name, string value) => text.Write($"{name.PadRight(NameWidth)}{value}\n");

        var (format, instrument) = (Words.Format, _ledger.ReadInstrument());
        Line($"{_ledger.Symbol} {_ledger.Timeframe}", $"{_ledger.Algorithm} algorithm{(_query.FromIn(_ledger) is { } from ? $", gaps and trades since {format.Time(from)}" : string.Empty)}");
        Line("Candles", format.Count(CandleCount));
        Line("Last candle", _last is { } last ? $"until {format.Time(last.CloseTime)}, close {format.Price(last.Close, instrument)}" : "none yet");
        Line("Trend", Words.Trend(Trend));
        Line("Gaps", Words.Gaps(_gaps));
        Line("Reversals", format.Count(_gaps.Reversals));
        Line("Mean time between", _gaps.MeanTimeBetween is { } mean ? format.Duration(mean) : "-");
        Line("Trades", Words.Trades(_trades));
        Line("Win rate", Words.Percent(_trades.WinRate));
        Line("P&L after fees", Words.Gain(_trades.Profit, instrument));
        Line("Fees", format.Money(_trades.Fees, instrument));
        Line("Volume", format.Money(_trades.Volume, instrument));
        Line("Mean win", Words.Gain(_trades.MeanWin, instrument));
        Line("Mean loss", Words.Gain(_trades.MeanLoss, instrument));
        Line("Profit factor", _trades.ProfitFactor is { } factor ? format.Number(factor, 2) : "-");
        Line("Max. drawdown", format.Money(_trades.MaxDrawdown, instrument));
        Line("Open position", Words.Position(Trader.Position, instrument));
        if (Words.Unrealized(Trader.Position, _last, instrument) is { } unrealized)
        {
            Line("Unrealized", unrealized);
        }

        Line("Pending entry", Words.PendingEntry(Trader.PendingEntry));
        Line("Messages waiting", format.Count(_ledger.CountWaitingMessages()));
    }

    private void WriteJson(Stream output)
    {
        using var json = LedgerDocument.Begin(output, _ledger, _query);
        json.WriteNumber("candleCount", CandleCount);
        WriteLastCandle(json);
        WriteGaps(json);
        WriteTrades(json);
        json.WriteStanding(Trader);
        json.WriteNumber("messagesWaiting", _ledger.CountWaitingMessages());
        json.End(output);
    }

    private void WriteLastCandle(Utf8JsonWriter json)
    {
        if (_last is not { } last)
        {
            json.WriteNull("lastCandle");
            return;
        }

        json.WriteStartObject("lastCandle");
        json.WriteTime("openTime", last.OpenTime);
        json.WriteTime("closeTime", last.CloseTime);
        json.WritePrice("open", last.Open);
        json.WritePrice("high", last.High);
        json.WritePrice("low", last.Low);
        json.WritePrice("close", last.Close);
        json.WriteAmount("volume", last.Volume);
        json.WriteEndObject();
    }

    private void WriteGaps(Utf8JsonWriter json)
    {
        if (Trend.Polarity is { } polarity)
        {
            json.WriteStartObject("trend");
            json.WriteString("polarity", polarity == Polarity.Bullish ? "bullish" : "bearish");
            json.WriteNumber("sequenceNumber", Trend.SequenceNumber);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("trend");
        }

        json.WriteStartObject("gaps");
        json.WriteNumber("count", _gaps.Count);
        json.WriteNumber("bullish", _gaps.Bullish);
        json.WriteNumber("bearish", _gaps.Bearish);
        json.WriteNumber("reversals", _gaps.Reversals);
        json.WriteTime("first", _gaps.First);
        json.WriteTime("last", _gaps.Last);
        json.WriteAmount("meanSecondsBetween", _gaps.MeanTimeBetween is { } mean ? (decimal)mean.TotalSeconds : null);
        json.WriteEndObject();
    }

    private void WriteTrades(Utf8JsonWriter json)
    {
        json.WriteStartObject("trades");
        json.WriteNumber("count", _trades.Count);
        json.WriteNumber("wins", _trades.Wins);
        json.WriteNumber("losses", _trades.Losses);
        json.WriteNumber("breakevens", _trades.Breakevens);
        json.WriteAmount("winRate", _trades.WinRate);
        json.WriteAmount("profit", _trades.Profit);
        json.WriteAmount("fees", _trades.Fees);
        json.WriteAmount("volume", _trades.Volume);
        json.WriteAmount("meanWin", _trades.MeanWin);
        json.WriteAmount("meanLoss", _trades.MeanLoss);
        json.WriteAmount("profitFactor", _trades.ProfitFactor);
        json.WriteAmount("maxDrawdown", _trades.MaxDrawdown);
        json.WriteEndObject();
    }
}
