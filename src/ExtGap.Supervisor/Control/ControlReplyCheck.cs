namespace ExtGap.Supervisor.Control;

/// <summary>What JSON's types can't say of a reply.</summary>
internal static class ControlReplyCheck
{
    /// <summary>Refuses a reply that nobody could show.</summary>
    /// <exception cref="ControlProtocolException">A list of its status has a null.</exception>
    public static void Check(ControlReply reply)
    {
        // The serializer keeps nulls from properties, not from the elements of a list.
        if (reply is ControlReply.Report { Status.Programs: IReadOnlyList<ProgramStatus?> programs } && programs.Any(HasNull))
        {
            throw new ControlProtocolException("A reply can't be understood: a program, symbol or trouble of its status is null.");
        }
    }

    private static bool HasNull(ProgramStatus? program) =>
        program is null || (program.Bot is { } bot && (bot.Symbols.Any(symbol => symbol is null) || bot.MessageTroubles.Any(trouble => trouble is null)));
}
