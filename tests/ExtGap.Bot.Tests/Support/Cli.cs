using ExtGap.Bot.Commands;

namespace ExtGap.Bot.Tests.Support;

/// <summary>The command line, run in this process. Its users share the collection <see cref="Collection"/>, for there is one console.</summary>
internal static class Cli
{
    public const string Collection = "console";

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var outputText = new StringWriter();
        using var errorText = new StringWriter();
        Console.SetOut(TextWriter.Synchronized(outputText));
        Console.SetError(TextWriter.Synchronized(errorText));
        try
        {
            var exitCode = await CommandLine.RunAsync(arguments);
            return (exitCode, outputText.ToString(), errorText.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
