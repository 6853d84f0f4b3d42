using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExtGap.Chaos.Product;

/// <summary>A message as the stand-in for Telegram recorded it.</summary>
internal sealed record ChatMessage(long Sequence, string Chat, string Text);

/// <summary>The exchange, which plays the month and misbehaves on demand. It is never killed: it is the world, not the product.</summary>
internal sealed class Exchange : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private Exchange(Process process, string address)
    {
        _process = process;
        Address = address;
        _http = new() { BaseAddress = new($"http://{address}"), Timeout = TimeSpan.FromSeconds(60) };
    }

    public string Address { get; }

    /// <summary>Starts it on a free port.</summary>
    /// <param name="place">Where its candles are.</param>
    /// <param name="duration">Within which it is to have played them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Exchange> StartAsync(Workplace place, TimeSpan duration, CancellationToken cancellationToken)
    {
        var speed = Math.Ceiling(place.MarketLength / duration).ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(place.Executable("extgap-exchange"), [
            "--listen", "127.0.0.1:0", "--klines", $"{place.Klines}={SyntheticMonth.Symbol}", "--speed", speed, "--update-interval", "30s", "--wait-for", "1"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = place.Root,
        };
        var process = Process.Start(start)!;
        const string ready = "Listening on http://";
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(ready, StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new(process, line[ready.Length..].TrimEnd('/'));
            }
        }

        throw new InvalidOperationException("The exchange did not start.");
    }

    /// <summary>Whether the month is over.</summary>
    public async Task<bool> HasEndedAsync(CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync<JsonElement>("/control", cancellationToken)).GetProperty("ended").GetBoolean();

    /// <summary>All messages that the chats have, in order.</summary>
    public async Task<List<ChatMessage>> ReadMessagesAsync(CancellationToken cancellationToken)
    {
        var answer = await _http.GetFromJsonAsync<JsonElement>("/control/telegram?accepted=true", cancellationToken);
        return [.. answer.GetProperty("messages").EnumerateArray().Select(message => new ChatMessage(
            message.GetProperty("sequence").GetInt64(), message.GetProperty("chat").GetString()!, message.GetProperty("text").GetString()!))];
    }

    /// <summary>Lets it misbehave.</summary>
    /// <param name="fault">As docs/exchange.md has it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task SetFaultAsync(string fault, CancellationToken cancellationToken)
    {
        using var answer = await _http.PostAsJsonAsync("/control/faults", new JsonObject { ["set"] = new JsonArray(fault) }, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{fault}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    /// <summary>Lets it behave.</summary>
    public async Task ClearFaultsAsync(CancellationToken cancellationToken)
    {
        using var answer = await _http.DeleteAsync(new Uri("/control/faults", UriKind.Relative), cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        _http.Dispose();
        Processes.Signal(_process.Id, 9);
        _process.WaitForExit();
        _process.Dispose();
    }
}
