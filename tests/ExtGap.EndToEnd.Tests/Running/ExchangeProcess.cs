using System.Text.Json;

namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>A running extgap-exchange on a free port.</summary>
public sealed class ExchangeProcess : IAsyncDisposable
{
    private const string AddressLine = "Listening on ";

    private readonly ChildProcess _process;

    private ExchangeProcess(ChildProcess process, Uri api)
    {
        _process = process;
        Api = api;
        Http = new HttpClient { BaseAddress = api };
    }

    /// <summary>Where its REST API is.</summary>
    public Uri Api { get; }

    public HttpClient Http { get; }

    public ChildProcess Process => _process;

    /// <summary>The options that make a bot use it.</summary>
    public IReadOnlyList<string> BotOptions => ["--stream-url", $"ws://{Api.Authority}", "--api-url", Api.GetLeftPart(UriPartial.Authority), "--telegram-url", Api.GetLeftPart(UriPartial.Authority)];

    public static async Task<ExchangeProcess> StartAsync(CancellationToken cancellationToken, params IEnumerable<string> options)
    {
        var process = ChildProcess.Start("extgap-exchange", ["--listen", "127.0.0.1:0", .. options]);
        var line = await process.WaitForLineAsync(AddressLine, cancellationToken);
        return new(process, new Uri(line[(line.IndexOf(AddressLine, StringComparison.Ordinal) + AddressLine.Length)..].Trim()));
    }

    /// <summary>Makes it misbehave from now on.</summary>
    public async Task SetFaultAsync(string fault, CancellationToken cancellationToken)
    {
        using var content = new StringContent(fault);
        using var answer = await Http.PostAsync(new Uri("/control/faults", UriKind.Relative), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Makes it behave again.</summary>
    public async Task ClearFaultsAsync(CancellationToken cancellationToken)
    {
        using var answer = await Http.DeleteAsync(new Uri("/control/faults", UriKind.Relative), cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What it tells of itself.</summary>
    public async Task<JsonElement> ReadControlAsync(CancellationToken cancellationToken) =>
        JsonElement.Parse(await Http.GetStringAsync(new Uri("/control", UriKind.Relative), cancellationToken));

    /// <summary>How often a fault of this name has happened.</summary>
    public async Task<int> CountInjectedAsync(string fault, CancellationToken cancellationToken) =>
        JsonElement.Parse(await Http.GetStringAsync(new Uri("/control/faults", UriKind.Relative), cancellationToken)).GetProperty("injected").TryGetProperty(fault, out var count) ? count.GetInt32() : 0;

    /// <summary>Waits until what it tells of itself is as somebody wants it.</summary>
    public async Task<JsonElement> WaitForAsync(Func<JsonElement, bool> wanted, CancellationToken cancellationToken)
    {
        JsonElement last = default;
        await Waiting.ForAsync(async () => wanted(last = await ReadControlAsync(cancellationToken)) ? string.Empty : null, () => last.ToString(), cancellationToken);
        return last;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }
}
