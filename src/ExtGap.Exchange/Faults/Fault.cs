namespace ExtGap.Exchange.Faults;

/// <summary>A fault that is asked for: <c>NAME[=VALUE][,for=DURATION][,times=N]</c>.</summary>
internal sealed record Fault
{
    /// <summary>Which it is.</summary>
    public required FaultDefinition Definition { get; init; }

    /// <summary>How it was written.</summary>
    public required string Text { get; init; }

    /// <summary>Its value, or its default one.</summary>
    public FaultValue Value { get; init; }

    /// <summary>Real time for which it lasts; none without an end.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>How often it happens; none without an end.</summary>
    public int? Times { get; init; }

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">There is no such fault, or it can't have this value; the message says what there is.</exception>
    public static Fault Parse(string text)
    {
        var parts = text.Trim().Split(',');
        var (name, value) = Pair(parts[0]);
        var definition = FaultCatalog.Find(name) ?? throw new FormatException($"'{name}' is not a fault; there are {FaultCatalog.Names}.");
        var fault = new Fault { Definition = definition, Text = text.Trim(), Value = Read(definition, value) };
        foreach (var part in parts.Skip(1))
        {
            fault = fault.With(part);
        }

        if (definition.Kind is FaultKind.Drop && fault.Value.Duration is null)
        {
            fault = fault with { Times = 1 };
        }

        if (definition.Kind is FaultKind.Silence && fault.Value.Duration is { } duration)
        {
            fault = fault with { For = fault.For is { } other && other < duration ? other : duration };
        }

        return definition.Kind is FaultKind.Hole && fault is { Value.Number: 1, Times: null }
            ? throw new FormatException("'hole=1' would leave nothing of the market: say how often, as in hole=1,times=3, or leave some candles, as in hole=10.")
            : fault;
    }

    /// <summary>Whether this takes the place of another.</summary>
    public bool Replaces(Fault other) =>
        Definition.Kind == other.Definition.Kind && (!Definition.IsPerChat || string.Equals(Value.Chat, other.Value.Chat, StringComparison.Ordinal));

    private static FaultValue Read(FaultDefinition definition, string? text)
    {
        if (text is null)
        {
            return definition switch
            {
                { NeedsValue: true } => throw new FormatException($"'{definition.Name}' needs a value: {definition.Syntax}."),
                { Default: { } value } => definition.Parse(value),
                _ => default,
            };
        }

        if (definition.ValueName is null)
        {
            throw new FormatException($"'{definition.Name}' takes no value, and '{text}' is one.");
        }

        try
        {
            return definition.Parse(text);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{definition.Syntax}: {e.Message}", e);
        }
    }

    private static (string Name, string? Value) Pair(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals ? (text[..equals].Trim(), text[(equals + 1)..].Trim()) : (text.Trim(), null);

    private Fault With(string limit)
    {
        var (name, value) = Pair(limit);
        return (name, value) switch
        {
            ("for", { } duration) => !Definition.TakesFor
                ? throw new FormatException($"'{Definition.Name}' can't be limited by 'for': it is counted in candles, times=N limits it.")
                : this with { For = OptionText.Duration(duration, TimeSpan.FromMilliseconds(1)) },
            ("times", { } count) => !Definition.TakesTimes
                ? throw new FormatException($"'{Definition.Name}' is a state and can't be limited by 'times': for=DURATION limits it.")
                : this with { Times = FaultText.Number(count, 1, int.MaxValue) },
            _ => throw new FormatException($"'{limit}' is not a limit: for=DURATION and times=N are."),
        };
    }
}
