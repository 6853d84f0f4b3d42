using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ExtGap.Supervisor.Configuration.Reading;

/// <summary>What a key may have.</summary>
internal abstract record ValueKind<T>
{
    /// <summary>In words, to follow "… is not possible:".</summary>
    public abstract string Allowed { get; }

    public abstract bool TryRead(ConfigNode node, [MaybeNullWhen(false)] out T value);
}

/// <summary>A time span: text with a unit, or a number of seconds.</summary>
internal sealed record DurationKind(TimeSpan Least, TimeSpan Most) : ValueKind<TimeSpan>
{
    public override string Allowed => $"a duration from {Duration.Format(Least)} to {Duration.Format(Most)} such as 500ms, 30s, 10m, 1h or 7d, or a number of seconds";

    public override bool TryRead(ConfigNode node, out TimeSpan value)
    {
        value = default;
        var isDuration = node switch
        {
            ConfigNode.Text text => Duration.TryParse(text.Value, out value),
            ConfigNode.Number number => Numbers.TryParse(number.Written, out var seconds) && Duration.TryFromSeconds(seconds, out value),
            _ => false,
        };
        return isDuration && value >= Least && value <= Most;
    }
}

/// <summary>A number of bytes: text with a unit, or a whole number.</summary>
internal sealed record SizeKind(long Least, long Most) : ValueKind<long>
{
    public override string Allowed => $"a size from {ByteSize.Format(Least)} to {ByteSize.Format(Most)} such as 500KB, 10MB or 1GiB, or a whole number of bytes";

    public override bool TryRead(ConfigNode node, out long value)
    {
        value = default;
        var isSize = node switch
        {
            ConfigNode.Text text => ByteSize.TryParse(text.Value, out value),
            ConfigNode.Number number => Numbers.TryParseWhole(number.Written, out value),
            _ => false,
        };
        return isSize && value >= Least && value <= Most;
    }
}

internal sealed record NumberKind(double Least, double Most, string What = "a number") : ValueKind<double>
{
    public override string Allowed => string.Create(CultureInfo.InvariantCulture, $"{What} from {Least} to {Most}");

    public override bool TryRead(ConfigNode node, out double value)
    {
        value = 0;
        return node is ConfigNode.Number number && Numbers.TryParse(number.Written, out value) && value >= Least && value <= Most;
    }
}

internal sealed record IntegerKind(int Least, int Most) : ValueKind<int>
{
    public override string Allowed => string.Create(CultureInfo.InvariantCulture, $"a whole number from {Least} to {Most}");

    public override bool TryRead(ConfigNode node, out int value)
    {
        var isPossible = Numbers.TryParseWhole(node is ConfigNode.Number number ? number.Written : "", out var whole) && whole >= Least && whole <= Most;
        value = isPossible ? (int)whole : 0;
        return isPossible;
    }
}

/// <summary>Another kind, or <c>null</c> for none.</summary>
internal sealed record OrNull<T>(ValueKind<T> Kind, string Meaning) : ValueKind<T?>
    where T : struct
{
    public override string Allowed => $"{Kind.Allowed}, or null {Meaning}";

    public override bool TryRead(ConfigNode node, out T? value)
    {
        value = null;
        if (node is ConfigNode.Null)
        {
            return true;
        }

        var isPossible = Kind.TryRead(node, out var some);
        value = isPossible ? some : null;
        return isPossible;
    }
}

internal sealed record SwitchKind : ValueKind<bool>
{
    public override string Allowed => "true or false";

    public override bool TryRead(ConfigNode node, out bool value)
    {
        value = node is ConfigNode.Switch { Value: true };
        return node is ConfigNode.Switch;
    }
}

internal sealed record ChoiceKind<T>(params (string Word, T Value)[] Choices) : ValueKind<T>
    where T : struct
{
    public override string Allowed => $"there are {string.Join(" and ", Choices.Select(choice => choice.Word))}";

    public override bool TryRead(ConfigNode node, out T value)
    {
        var found = Array.FindIndex(Choices, choice => node is ConfigNode.Text text && text.Value == choice.Word);
        value = found >= 0 ? Choices[found].Value : default;
        return found >= 0;
    }
}

/// <summary>Text of some length, without the character that ends a text for the system.</summary>
internal sealed record TextKind(string What) : ValueKind<string>
{
    public override string Allowed => $"{What}, as text in quotes that is not empty";

    public override bool TryRead(ConfigNode node, [MaybeNullWhen(false)] out string value)
    {
        value = (node as ConfigNode.Text)?.Value;
        return !string.IsNullOrWhiteSpace(value) && !value.Contains('\0');
    }
}
