namespace ExtGap.Bot.Configuration;

/// <summary>
/// One setting of the bot. It is given by an option (<c>--max-hold</c>), else by the environment (<c>EXTGAP_MAX_HOLD</c>),
/// else by the same name in the <c>.env</c> file, else it has its default.
/// </summary>
/// <param name="Name">The option's name without its dashes.</param>
/// <param name="ValueName">What the help shows in place of a value.</param>
/// <param name="Help">One line, with unit and range.</param>
/// <param name="Default">The value where nobody gives one; none where somebody must, or where it means "not given".</param>
internal sealed record Setting(string Name, string ValueName, string Help, string? Default = null)
{
    /// <summary>The name on the command line.</summary>
    public string Option => "--" + Name;

    /// <summary>The name in the environment and in <c>.env</c>.</summary>
    public string Variable => "EXTGAP_" + Name.ToUpperInvariant().Replace('-', '_');

    /// <summary>A further variable, from the bots that this one replaces, and whether it goes before the other.</summary>
    public (string Name, bool IsFirst)? Alias { get; init; }

    /// <summary>Its variables, in the order in which they count.</summary>
    public IEnumerable<string> Variables => Alias switch
    {
        null => [Variable],
        { IsFirst: true } alias => [alias.Name, Variable],
        { } alias => [Variable, alias.Name],
    };

    /// <summary>Whether it is a switch: given without a value, it is on.</summary>
    public bool IsSwitch { get; init; }
}
