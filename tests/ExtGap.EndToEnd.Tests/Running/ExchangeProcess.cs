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

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }
}
