using System.Text.Json;
using System.Text.Json.Nodes;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Documentation;

/// <summary>Every configuration in README.md and docs/ is one that ExtGap takes, and what it says of a faulty one is what it says.</summary>
public sealed class DocumentedConfigurations
{
    private const string Scratch = "/srv/extgap";
    private const string Valid = """{ "programs": { "1h": { "bot": { "timeframe": "1h" } } } }""";

    [Fact(Timeout = 60_000)]
    public async Task Each_supervisor_json_is_valid()
    {
        var blocks = FencedBlock.All("json").Where(block => Parse(block)["programs"] is not null).ToList();
        Assert.NotEmpty(blocks);
        foreach (var block in blocks)
        {
            await AssertCheckAsync(block, block.Text, string.Empty, TestContext.Current.CancellationToken);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Each_env_file_is_valid()
    {
        var blocks = FencedBlock.All("env").ToList();
        Assert.NotEmpty(blocks);
        foreach (var block in blocks)
        {
            await AssertCheckAsync(block, Valid, block.Text, TestContext.Current.CancellationToken);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Each_faulty_supervisor_json_is_answered_as_the_block_behind_it_says()
    {
        var blocks = FencedBlock.Documents.SelectMany(FencedBlock.Of).ToList();
        var faulty = blocks.Zip(blocks.Skip(1)).Where(pair => pair.First.Language == "json faulty").ToList();
        Assert.NotEmpty(faulty);
        foreach (var (block, answer) in faulty)
        {
            await using var deployment = new Deployment(Valid);
            deployment.Write(block.Text);
            var run = await deployment.RunAsync(TestContext.Current.CancellationToken, "check");

            // What it ends with must be able to be read.
            deployment.Write(Valid);
            Assert.Equal(78, run.ExitCode);
            Assert.Equal(answer.Text, run.Output.Replace(deployment.Folder, Scratch, StringComparison.Ordinal));
        }
    }

    private static async Task AssertCheckAsync(FencedBlock block, string json, string environment, CancellationToken cancellationToken)
    {
        await using var deployment = new Deployment(json);
        await File.WriteAllTextAsync(deployment[".env"], environment, cancellationToken);
        File.CreateSymbolicLink(deployment["backup.sh"], "/bin/true");
        var run = await deployment.RunAsync(cancellationToken, "check");
        Assert.True(run.ExitCode == 0, $"{block}: {run.Output}");
    }

    private static JsonNode Parse(FencedBlock block) => JsonNode.Parse(block.Text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
}
