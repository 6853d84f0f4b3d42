using System.CommandLine;

namespace ExtGap.Supervisor.Commands;

/// <summary><c>extgap check</c>: all that is wrong with the configuration, and which programs could send messages.</summary>
internal sealed class CheckVerb(Surroundings surroundings)
{
    public Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON document." };
        var online = new Option<bool>("--online") { Description = "Asks the exchange for the symbols of all bots, and Telegram for their tokens and chats: 78 where one of them is refused, 1 where nobody answers." };
        var message = new Option<bool>("--send-test-message") { Description = "With --online: sends a message to each chat." };
        var command = new Command("check", "Validates the configuration and the options of each bot in it, and says which programs have Telegram credentials. Starts nothing.") { json, online, message };
        command.Validators.Add(result =>
        {
            if (result.GetValue(message) && !result.GetValue(online))
            {
                result.AddError($"{message.Name} goes with {online.Name} only.");
            }
        });
        command.SetAction((parsed, cancellationToken) => Interruption.GuardAsync(surroundings, null, async token =>
        {
            var tests = parsed.GetValue(message) ? OnlineTests.AskAndSend : parsed.GetValue(online) ? OnlineTests.Ask : OnlineTests.None;
            var report = await new ConfigurationCheck(surroundings).RunAsync(Verb.ConfigurationPath(parsed, surroundings), tests, token);
            Tell(report, parsed.GetValue(json));
            return report.ExitCode;
        }, cancellationToken));
        return command;
    }

    private void Tell(CheckReport report, bool isJson)
    {
        if (isJson)
        {
            surroundings.Output.Writer.WriteLine(VerbJson.Write(report, VerbJson.Default.CheckReport, isIndented: true));
            surroundings.Output.Writer.Flush();
            return;
        }

        surroundings.Output.Write(CheckTable.Lines(report));
        if (!report.Valid)
        {
            surroundings.Error.Write(string.Join('\n', report.Faults));
        }
    }
}
