using System.CommandLine;

namespace ExtGap.Supervisor.Commands;

/// <summary>The command line of <c>extgap</c>: what it understands, and how errors end.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("Keeps ExtGap's bots alive.");
        return await root.Parse(arguments).InvokeAsync();
    }
}
