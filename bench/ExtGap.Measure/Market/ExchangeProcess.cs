using System.Text.RegularExpressions;
using ExtGap.Measure.Processes;

namespace ExtGap.Measure.Market;

/// <summary>A running <c>extgap-exchange</c>, on a port that was free.</summary>
internal sealed partial class ExchangeProcess : IAsyncDisposable
{
    private readonly Started _process;

    private ExchangeProcess(Started process, string authority) => (_process, Authority) = (process, authority);

    /// <summary>Host and port.</summary>
    public string Authority { get; }

    public static async Task<ExchangeProcess> StartAsync(Options options, string directory, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var process = Started.Run(options.Exchange, ["--listen", "127.0.0.1:0", .. arguments], directory);
        var said = await process.SaysAsync("The clock", cancellationToken).ContinueWith(said => said.IsCompletedSuccessfully, TaskScheduler.Default);
        if (said && Address().Match(process.Head) is { Success: true } match)
        {
            return new(process, match.Groups["authority"].Value);
        }

        await process.DisposeAsync();
        throw new InvalidOperationException($"extgap-exchange did not start: {process.Tail}");
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex("Listening on http://(?<authority>[0-9.:]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
