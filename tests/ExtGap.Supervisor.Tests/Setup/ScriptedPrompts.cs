using ExtGap.Supervisor.Setup;

namespace ExtGap.Supervisor.Tests.Setup;

/// <summary>A person who types what a test says, line after line; an empty one takes what is proposed.</summary>
internal sealed class ScriptedPrompts(params IEnumerable<string> lines) : IPrompts
{
    private readonly Queue<string> _lines = new(lines);

    /// <summary>What was asked, each with what was proposed.</summary>
    public List<string> Asked { get; } = [];

    public int Left => _lines.Count;

    public Task<string> AskAsync(SetupQuestion question, string? proposal, CancellationToken cancellationToken)
    {
        Asked.Add($"{question.Text} ({proposal})");
        var line = Next(cancellationToken);
        return Task.FromResult(line.Length > 0 ? line : proposal ?? throw new InvalidOperationException($"Nothing is proposed for {question.Text}."));
    }

    public Task<bool> ConfirmAsync(string text, bool proposal, CancellationToken cancellationToken)
    {
        Asked.Add(text);
        var line = Next(cancellationToken);
        return Task.FromResult(line.Length > 0 ? line == "y" : proposal);
    }

    private string Next(CancellationToken cancellationToken) => _lines.TryDequeue(out var line)
        ? line
        : throw new OperationCanceledException("The person is gone.", cancellationToken);
}
