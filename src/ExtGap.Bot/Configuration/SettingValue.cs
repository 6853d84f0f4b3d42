namespace ExtGap.Bot.Configuration;

/// <summary>A setting's value and who gave it, so that an error can name both.</summary>
/// <param name="Text">The value as it was given.</param>
/// <param name="Origin">Where it was given, for messages: <c>--symbol</c>, <c>EXTGAP_SYMBOL</c>, <c>EXTGAP_SYMBOL in .env</c>.</param>
/// <param name="IsUsage">Whether it was given on the command line.</param>
internal readonly record struct SettingValue(string Text, string Origin, bool IsUsage);
