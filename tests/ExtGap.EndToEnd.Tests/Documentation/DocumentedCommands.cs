using System.Text.RegularExpressions;
using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests.Documentation;

/// <summary>Every command in README.md and docs/ does what it says: each document's are run, in order, in a folder with the shipped configuration.</summary>
public sealed partial class DocumentedCommands
{
    /// <summary>Any of its form will do on the exchange.</summary>
    private const string Token = "123456:letters";

    public static TheoryData<string> DocumentsWithCommands => [.. FencedBlock.Documents.Where(document => FencedBlock.Of(document).Any(block => block.Language == "sh"))];

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(DocumentsWithCommands))]
    public async Task Each_command_ends_as_its_document_says(string document)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await ExchangeProcess.StartAsync(cancellationToken, "--symbol", "BTCUSDT,ETHUSDT", "--speed", "600", "--wait-for", "1");
        await using var deployment = new Deployment(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "supervisor.json"), cancellationToken));
        await File.WriteAllTextAsync(deployment["script.sh"], CommandScript.Of(FencedBlock.Of(document).Where(block => block.Language == "sh"), exchange.Api.Authority), cancellationToken);
        File.Copy(Path.Combine(Repository.Root, ".env.example"), deployment[".env.example"]);
        File.Copy(Conformance.Klines("walk-1m"), deployment["AVAXUSDT-1m-2023-02.csv"]);
        await File.WriteAllTextAsync(deployment["token.txt"], $"{Token}\n", cancellationToken);
        await File.WriteAllTextAsync(deployment["backup.log"], "The disk is full\n", cancellationToken);
        File.CreateSymbolicLink(deployment["extgap"], Executables.PathOf("extgap"));
        Directory.CreateSymbolicLink(deployment["tests"], Path.Combine(Repository.Root, "tests"));

        await using var shell = ChildProcess.Start("/bin/bash", Environment(exchange), "-c", $"cd '{deployment.Folder}' && . ./script.sh");
        var exitCode = await shell.WaitForExitAsync(cancellationToken);

        Assert.True(exitCode == 0, string.Join('\n', shell.Lines.TakeLast(30)));
    }

    [Fact]
    public void Each_exception_is_there_for_a_command() => Assert.All(
        Exceptions.Lines.Keys,
        words => Assert.Contains(FencedBlock.All("sh").SelectMany(block => block.Lines), line => line.StartsWith(words, StringComparison.Ordinal)));

    [Fact]
    public void Commands_are_in_blocks_of_sh_alone() => Assert.DoesNotContain(
        FencedBlock.Documents.SelectMany(FencedBlock.Of), block => block.Language is "bash" or "shell" or "console");

    [Fact]
    public void No_command_is_in_an_indented_block() => Assert.Empty(FencedBlock.Documents.SelectMany(document =>
        FencedBlock.LinesOutside(document).Where(line => IndentedCommand().IsMatch(line.Text)).Select(line => $"{document}:{line.Number}: {line.Text}")));

    [Fact]
    public void No_output_has_its_command_with_it() => Assert.DoesNotContain(
        FencedBlock.Documents.SelectMany(FencedBlock.Of), block => block.Language != "sh" && block.Lines.Any(line => line.StartsWith("$ ", StringComparison.Ordinal)));

    [Theory]
    [InlineData("    extgap status")]
    [InlineData("    $ anything")]
    [InlineData("\tcurl -s http://127.0.0.1:9090/control")]
    [InlineData("    ./extgap demo")]
    [InlineData("    scripts/build.sh")]
    [InlineData("    TOKEN=1 extgap-bot notify")]
    public void A_command_in_an_indented_block_is_known_as_one(string line) => Assert.Matches(IndentedCommand(), line);

    // The shipped configuration as it is, its bots on this exchange.
    private static Dictionary<string, string> Environment(ExchangeProcess exchange) => new(StringComparer.Ordinal)
    {
        ["PATH"] = string.Join(':', ((string[])["extgap", "extgap-bot", "extgap-exchange"]).Select(name => Path.GetDirectoryName(Executables.PathOf(name))).Append(System.Environment.GetEnvironmentVariable("PATH"))),
        ["EXTGAP_STREAM_URL"] = $"ws://{exchange.Api.Authority}",
        ["EXTGAP_API_URL"] = exchange.Api.GetLeftPart(UriPartial.Authority),
        ["EXTGAP_TELEGRAM_URL"] = exchange.Api.GetLeftPart(UriPartial.Authority),
        ["TELEGRAM_BOT_TOKEN"] = Token,
        ["TELEGRAM_CHAT_IDS"] = "1001",
    };

    [GeneratedRegex("""^(?: {4}|\t)\s*(?:\$ |(?:[A-Z_]+=\S* )*(?:sudo )?(?:\./|scripts/|deploy/|(?:extgap|extgap-bot|extgap-exchange|dotnet|curl|git|docker|kubectl|systemctl|journalctl|sqlite3|export|cd|cp|mkdir|tail|bash|sh)(?: |$)))""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IndentedCommand();
}
