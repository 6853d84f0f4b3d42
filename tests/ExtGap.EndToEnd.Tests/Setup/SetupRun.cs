using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Setup;

/// <summary>A folder that is set up against an exchange on loopback, which is named by the environment alone.</summary>
internal sealed class SetupRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SetupRun(Uri api)
    {
        Environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["EXTGAP_API_URL"] = api.GetLeftPart(UriPartial.Authority),
            ["EXTGAP_STREAM_URL"] = $"ws://{api.Authority}",
            ["EXTGAP_TELEGRAM_URL"] = api.GetLeftPart(UriPartial.Authority),
        };
    }

    public IReadOnlyDictionary<string, string> Environment { get; }

    public string Configuration => _folder["supervisor.json"];

    public string EnvironmentFile => _folder[".env"];

    /// <summary>Names of all that is in the folder.</summary>
    public IEnumerable<string?> Entries => Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    public ChildProcess Start(params IEnumerable<string> arguments) => ChildProcess.Start("extgap", Environment, [.. arguments, "--config", Configuration]);

    /// <summary>Runs a verb of <c>extgap</c>; stdin has a line, or is at its end.</summary>
    public async Task<VerbRun> RunAsync(string? input, CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        await using var verb = Start(arguments);
        await verb.WriteInputAsync(System.Text.Encoding.UTF8.GetBytes(input ?? string.Empty), cancellationToken);
        verb.CloseInput();
        var exitCode = await verb.WaitForExitAsync(cancellationToken);
        return new(exitCode, string.Join('\n', verb.Lines));
    }

    public void Dispose() => _folder.Dispose();
}
