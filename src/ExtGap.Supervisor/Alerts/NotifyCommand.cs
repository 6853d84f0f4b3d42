using CliWrap;
using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Alerts;

/// <summary>The one-shot bot that sends an alert.</summary>
internal static class NotifyCommand
{
    /// <exception cref="SupervisorException">There is no <c>extgap-bot</c>.</exception>
    public static Command Create(SupervisorOptions options)
    {
        string[] environmentFile = Path.Exists(options.EnvironmentFile) ? ["--env-file", options.EnvironmentFile] : [];
        return Cli.Wrap(ProductExecutable.Bot.Find())
            .WithArguments(["notify", .. environmentFile])
            .WithWorkingDirectory(options.Folder);
    }
}
