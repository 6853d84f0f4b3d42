using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Telegram.Texts;

/// <inheritdoc/>
internal sealed class FrenchWording : Wording
{
    // The no-break space that stands before a colon.
    private const string Colon = "\u00A0:";

    public override TextFormat Format => TextFormat.French;

    public override string Started => "Démarré";

    public override string NewLedger => "Nouveau registre";

    public override string Continued(string lastCandle) => $"Reprise{Colon} dernière bougie close le {lastCandle}";

    public override string CandlesCaughtUp(long count) =>
        count == 0 ? "Aucune bougie manquée" : Many(count, "bougie rattrapée", "bougies rattrapées");

    public override string Stopped => "Arrêté";

    public override string Because(StopReason reason, string? detail) => reason switch
    {
        StopReason.Requested => WithDetail("À la demande", detail),
        StopReason.SupervisorGone => WithDetail("Le superviseur a disparu", detail),
        _ => detail is null ? "Après une erreur" : $"Après une erreur{Colon} {detail}",
    };

    public override string PositionKept => $"La position reste ouverte{Colon}";

    public override string PendingEntryKept(string side) => $"{side} reste en attente{Colon} entrée à l’ouverture de la prochaine bougie";

    public override string NothingKept => "Ni position ouverte, ni entrée en attente";

    public override string Uptime(string span) => $"En marche depuis {span}";

    public override string HappenedEarlier(string time) => $"Rattrapé après un arrêt{Colon} survenu le {time}";

    public override string DueEarlier(string time) => $"Rattrapé après un arrêt{Colon} prévu le {time}";

    public override string FirstGapTitle(string name) => $"{name}, premier gap";

    public override string GapTitle(string name) => $"Gap {name}";

    public override string ReversalTitle(string name) => $"{name}, retournement";

    public override string FirstGap => "Il fixe la tendance, sans prise de position";

    public override string ReversalAfter(string trend) => $"Après {trend}";

    public override string Level(string price, string openingBar) => $"Niveau {price} (bougie du {openingBar})";

    public override string Close(string price) => $"Clôture {price}";

    public override string WillClose(string side, string entryPrice) => $"Clôturera le {side} @ {entryPrice}";

    public override string NothingToClose => "Aucune position à clôturer";

    public override string EntryExecuted(string quantity, string notional) => $"Entrée exécutée{Colon} {quantity}, notionnel {notional}";

    public override string Closed(string side, string profit) => $"{side} clôturé{Colon} {profit}";

    public override string TradeLine(string number, string side, string entryPrice, string exitPrice, string held) =>
        $"Trade n°\u00A0{number}{Colon} {side} {entryPrice} → {exitPrice}, tenu {held}";

    public override string GrossFeesNet(string gross, string fees, string net) => $"Brut {gross} · frais {fees} · net {net}";

    public override string Record(TradeStatistics trades, string profit) => $"Bilan{Colon} {Results(trades)} · P&L {profit}";

    public override string ExpiryClose(string maxHold, string profit) => $"Clôture après {maxHold}{Colon} {profit}";

    public override string FlatUntilReversal => "Aucune position jusqu’au prochain retournement";

    public override string EntryCorrected => "Entrée corrigée";

    public override string OpenWas(string right, string wrong) => $"La bougie close a ouvert à {right}, et non à {wrong}";

    public override string TradeCorrected => $"Le trade qu’elle a clôturé est corrigé aussi{Colon}";

    public override string PositionSince(string position, string time) => $"{position} depuis le {time}";

    public override string Unrealized(string profit, string close) =>
        $"P&L latent {profit} après frais (clôture {close})";

    public override string Flat => "Aucune position ouverte";

    public override string PendingEntry(string side) => $"{side} en attente{Colon} entrée à la prochaine ouverture";

    public override string StatisticsTitle(string profit) => $"Statistiques{Colon} P&L {profit}";

    public override string StatisticsWithoutTrade => $"Statistiques{Colon} aucun trade pour l’instant";

    public override string Gaps(GapStatistics gaps) =>
        $"{Many(gaps.Count, "gap", "gaps")}{Colon} {Many(gaps.Bullish, "haussier", "haussiers")}, {Many(gaps.Bearish, "baissier", "baissiers")}";

    public override string NoGap => "Aucun gap pour l’instant";

    public override string Reversals(int count) => count == 0 ? "Aucun retournement" : Many(count, "retournement", "retournements");

    public override string MeanTimeBetween(string span) => $"Temps moyen entre gaps {span}";

    public override string Trend(string trend) => $"Tendance {trend}";

    public override string NoTrade => "Aucun trade pour l’instant";

    public override string Trades(TradeStatistics trades) => $"{Many(trades.Count, "trade", "trades")}{Colon} {Results(trades)}";

    public override string WinRate(string rate) => $"taux de réussite {rate}";

    public override string FeesAndVolume(string fees, string volume) => $"Frais {fees} · volume {volume}";

    public override string MeanWin(string profit) => $"gain moyen {profit}";

    public override string MeanLoss(string profit) => $"perte moyenne {profit}";

    public override string ProfitFactor(string factor) => $"facteur de profit {factor}";

    public override string FeedLive => "Flux en direct";

    public override string FeedReconnecting(string since) => $"Flux en reconnexion depuis le {since}";

    public override string LastCandle(string time) => $"Dernière bougie close le {time}";

    public override string Reconnects(int count) => count == 0 ? "aucune reconnexion" : Many(count, "reconnexion", "reconnexions");

    public override string FoldedGaps(int count) => Many(count, "gap", "gaps");

    public override string FoldedEvents(int count) => Many(count, "événement", "événements");

    public override string TimesInUtc => "Heures UTC";

    public override string CaughtUpLegend => "rattrapé après un arrêt";

    public override string First => "premier";

    // In French zero is singular.
    private string Many(long count, string one, string many) => $"{Format.Count(count)} {(count < 2 ? one : many)}";

    private string Results(TradeStatistics trades)
    {
        var results = $"{Many(trades.Wins, "gagnant", "gagnants")}, {Many(trades.Losses, "perdant", "perdants")}";
        return trades.Breakevens == 0 ? results : $"{results}, {Many(trades.Breakevens, "nul", "nuls")}";
    }

    private static string WithDetail(string reason, string? detail) => detail is null ? reason : $"{reason} ({detail})";
}
