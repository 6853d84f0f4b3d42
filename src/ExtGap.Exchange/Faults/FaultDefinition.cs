namespace ExtGap.Exchange.Faults;

/// <summary>One line of the table of faults.</summary>
/// <param name="Kind">Which it is.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Text">What it does.</param>
internal sealed record FaultDefinition(FaultKind Kind, string Name, string Text)
{
    /// <summary>What its value is called, such as <c>DURATION</c>; nothing where it takes none.</summary>
    public string? ValueName { get; init; }

    /// <summary>The value that it has where none is given; nothing where there must be one, or where having none is possible.</summary>
    public string? Default { get; init; }

    /// <summary>Whether it has to have a value.</summary>
    public bool NeedsValue { get; init; }

    /// <summary>Reads the value; a <see cref="FormatException"/> says what is allowed.</summary>
    public Func<string, FaultValue> Parse { get; init; } = static _ => default;

    /// <summary>Whether <c>for=</c> can limit it.</summary>
    public bool TakesFor { get; init; } = true;

    /// <summary>Whether <c>times=</c> can limit it: not what is a state and no event.</summary>
    public bool TakesTimes { get; init; } = true;

    /// <summary>Whether several stand beside each other, one for each chat.</summary>
    public bool IsPerChat { get; init; }

    /// <summary>How it is written: <c>drop[=DURATION]</c>.</summary>
    public string Syntax => ValueName is null ? Name : NeedsValue ? $"{Name}={ValueName}" : $"{Name}[={ValueName}]";
}
