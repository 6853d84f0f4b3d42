namespace ExtGap.Supervisor.Setup;

/// <summary>Asks the person at the terminal.</summary>
internal interface IPrompts
{
    /// <param name="question">What is asked.</param>
    /// <param name="proposal">Taken where nothing is typed; shown, unless the answer is a secret.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was typed, or the proposal; not empty.</returns>
    Task<string> AskAsync(SetupQuestion question, string? proposal, CancellationToken cancellationToken);

    /// <param name="text">A question that yes or no answers.</param>
    /// <param name="proposal">The answer where nothing is typed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> ConfirmAsync(string text, bool proposal, CancellationToken cancellationToken);
}
