using Spectre.Console;

namespace ExtGap.Supervisor.Setup;

/// <summary>Asks on a terminal. Keys are read one by one, so that Ctrl-C is heard in the midst of an answer, and a secret is never echoed.</summary>
internal sealed class SpectrePrompts : IPrompts
{
    private readonly IAnsiConsole _console;
    private readonly Style _helpStyle;
    private readonly HashSet<SetupQuestion> _explained = [];

    /// <param name="writer">The terminal.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="hasColours">Whether it shows colours, and its user wants them.</param>
    /// <param name="hasCursor">Whether it takes control sequences.</param>
    public SpectrePrompts(TextWriter writer, int width, bool hasColours, bool hasCursor)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = hasCursor ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = hasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(writer),
        });
        _console.Profile.Width = width;

        // The first look at the keyboard turns the terminal's echo off until the end: what is pasted before its question is not seen either.
        _ = Console.KeyAvailable;
        _helpStyle = hasColours ? new Style(decoration: Decoration.Dim) : Style.Plain;
    }

    public async Task<string> AskAsync(SetupQuestion question, string? proposal, CancellationToken cancellationToken)
    {
        if (_explained.Add(question))
        {
            _console.WriteLine();
            _console.Write(new Text(question.Help + "\n", _helpStyle));
        }

        var shown = proposal is null ? string.Empty : question.IsSecret ? " (Enter keeps the present one)" : $" ({proposal})";
        while (true)
        {
            if (await ReadAsync(question.Text + shown, question.IsSecret, cancellationToken) is { Length: > 0 } answer)
            {
                return answer;
            }

            if (proposal is not null)
            {
                return proposal;
            }
        }
    }

    public async Task<bool> ConfirmAsync(string text, bool proposal, CancellationToken cancellationToken)
    {
        _console.WriteLine();
        while (true)
        {
            switch ((await ReadAsync($"{text} [{(proposal ? "Y/n" : "y/N")}]", isSecret: false, cancellationToken)).ToUpperInvariant())
            {
                case "":
                    return proposal;
                case "Y" or "YES":
                    return true;
                case "N" or "NO":
                    return false;
            }
        }
    }

    private async Task<string> ReadAsync(string text, bool isSecret, CancellationToken cancellationToken)
    {
        var prompt = new TextPrompt<string>(Markup.Escape(text) + ":") { AllowEmpty = true, IsSecret = isSecret, Mask = null };
        try
        {
            return (await prompt.ShowAsync(_console, cancellationToken)).Trim();
        }
        catch (OperationCanceledException)
        {
            // What is said next begins on a line of its own.
            _console.WriteLine();
            throw;
        }
    }
}
