using ExtGap.Core.Market;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot;

/// <summary>What the strategy logs; event ids 200 to 299. People grep these lines: their words stay.</summary>
internal static partial class BotLog
{
    [LoggerMessage(200, LogLevel.Information, "{Name}: new ledger {Path}")]
    public static partial void NewLedger(this ILogger log, string name, string path);

    [LoggerMessage(201, LogLevel.Information, "{Name}: going on with {Path} after the candle of {Last}: {State}")]
    public static partial void LedgerContinued(this ILogger log, string name, string path, Instant last, string state);

    [LoggerMessage(202, LogLevel.Information, "{Name}: --since is passed over, the ledger has a beginning already")]
    public static partial void SincePassedOver(this ILogger log, string name);

    [LoggerMessage(203, LogLevel.Information, "{Name}: gap detected: {Polarity} #{SequenceNumber} at {Level}, from {OpeningBar} to {DetectionBar}{Remark}")]
    public static partial void GapDetected(this ILogger log, string name, string polarity, int sequenceNumber, string level, Instant openingBar, Instant detectionBar, string remark);

    [LoggerMessage(204, LogLevel.Information, "{Name}: Entry Executed: {Side} at {Price}, {Time}")]
    public static partial void EntryExecuted(this ILogger log, string name, string side, string price, Instant time);

    [LoggerMessage(205, LogLevel.Information, "{Name}: Position Closed: {Side} from {Entry} to {Exit}, {Result} {Profit} USD, {Reason}; {Total} USD in all")]
    public static partial void PositionClosed(this ILogger log, string name, string side, string entry, string exit, string result, string profit, string reason, string total);

    [LoggerMessage(206, LogLevel.Warning, "{Name}: entry corrected: executed at {Wrong} on the stream's word, the closed candle opened at {Right} on {Time}")]
    public static partial void EntryCorrected(this ILogger log, string name, string wrong, string right, Instant time);

    [LoggerMessage(207, LogLevel.Information, "{Name}: kept as {Path}, starting anew")]
    public static partial void KeptAside(this ILogger log, string name, string path);

    [LoggerMessage(208, LogLevel.Debug, "{Name}: candle closed: {Candle}")]
    public static partial void CandleClosed(this ILogger log, string name, Candle candle);

    [LoggerMessage(209, LogLevel.Information, "ExtGap {Version}: {Symbols} {Timeframe}, {Algorithm} algorithm, on {StreamUrl}")]
    public static partial void Starting(this ILogger log, string version, string symbols, Timeframe timeframe, string algorithm, Uri streamUrl);

    [LoggerMessage(210, LogLevel.Information, "Stopped by {Signal}: {State}")]
    public static partial void Stopped(this ILogger log, string signal, string state);

    [LoggerMessage(211, LogLevel.Error, "{Why}")]
    public static partial void Failed(this ILogger log, string why);

    [LoggerMessage(214, LogLevel.Warning, "{Option} {Url} is not encrypted: whoever is in between reads and changes all that is said, Telegram's token included")]
    public static partial void NotEncrypted(this ILogger log, string option, string url);

    [LoggerMessage(213, LogLevel.Debug, "What lies behind it:")]
    public static partial void WhatLiesBehind(this ILogger log, Exception error);

    [LoggerMessage(212, LogLevel.Critical, "The bot ends by an error that it does not know: {Why}")]
    public static partial void Crashed(this ILogger log, Exception error, string why);
}
