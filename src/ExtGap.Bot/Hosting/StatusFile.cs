using System.Text.Json;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Hosting;

/// <summary>Where a bot writes its status: beside its ledger, or beside that of the first symbol where it has several.</summary>
internal static class StatusFile
{
    public static string PathOf(string dataDirectory, Symbol firstSymbol, Timeframe timeframe) =>
        Path.Combine(dataDirectory, $"{firstSymbol.LowerCase}_{timeframe.FileName}.status.json");

    /// <summary>What a bot last wrote; none where there is nothing that can be read.</summary>
    public static BotStatus? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), BotStatusJson.Default.BotStatus);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
