namespace ExtGap.Supervisor.Presentation;

/// <summary>How a text is meant; a terminal shows it as a colour.</summary>
internal enum Tone
{
    Plain,
    Faint,
    Heading,
    Good,
    Doubtful,
    Bad,
}

/// <summary>A part of a line.</summary>
internal readonly record struct StyledText(string Text, Tone Tone = Tone.Plain);

/// <summary>A line of output, without its end.</summary>
internal sealed record StyledLine(params IReadOnlyList<StyledText> Parts)
{
    public StyledLine(string text, Tone tone = Tone.Plain)
        : this(new StyledText(text, tone))
    {
    }

    public override string ToString() => string.Concat(Parts.Select(part => part.Text));
}
