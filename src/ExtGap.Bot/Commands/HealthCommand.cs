using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using ExtGap.Bot.Configuration;
using ExtGap.Bot.Hosting;

namespace ExtGap.Bot.Commands;

/// <summary><c>extgap-bot health</c>: whether a bot runs and does its work, for cron, Docker and Kubernetes.</summary>
internal static class HealthCommand
{
    private static readonly Setting Symbol = Settings.Symbol with { Help = "The contracts of the bot that is asked after, all of them, in its order." };

    private static readonly Setting Timeframe = Settings.Timeframe with { Help = "The timeframe of the bot that is asked after, such as 3m." };

    private static readonly Setting DataDirectory = Settings.DataDirectory with { Help = "The folder of the bot that is asked after." };

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON document instead of a line for each check." };
        var command = new Command("health", "Tells whether a bot runs, hears the exchange and keeps up with it: exit code 0 where it does, 1 where not.");
        var settings = new SettingOptions(command, [Symbol, Timeframe, DataDirectory, Settings.EnvFile]);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var reader = settings.Read(parsed);
            var symbols = reader.Read(Symbol, BotOptions.ParseSymbols);
            var timeframe = reader.Read(Timeframe, Core.Market.Timeframe.Parse);
            var folder = reader.Read(DataDirectory, text => text);
            reader.ThrowIfFaulty();
            return Tell(folder, symbols, timeframe, parsed.GetValue(json));
        });
        return command;
    }

    private static int Tell(string folder, ImmutableArray<Core.Market.Symbol> symbols, Core.Market.Timeframe timeframe, bool isJson)
    {
        var status = StatusFile.Read(StatusFile.PathOf(folder, symbols[0], timeframe));
        var findings = new HealthCheck(folder, symbols, timeframe).Run(status, MonotonicClock.Milliseconds(TimeProvider.System));
        var healthy = findings.All(finding => finding.Healthy == true);
        if (isJson)
        {
            using var output = Console.OpenStandardOutput();
            WriteJson(output, healthy, findings, status);
        }
        else
        {
            foreach (var finding in findings)
            {
                Console.Out.WriteLine($"{(finding.Healthy switch { true => "ok     ", false => "WRONG  ", _ => "?      " })}{finding.Name,-9}{finding.Text}");
            }
        }

        return healthy ? ExitCode.Success : ExitCode.Failure;
    }

    private static void WriteJson(Stream output, bool healthy, IReadOnlyList<HealthFinding> findings, BotStatus? status)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteBoolean("healthy", healthy);
            json.WriteStartArray("checks");
            foreach (var finding in findings)
            {
                json.WriteStartObject();
                json.WriteString("name", finding.Name);
                if (finding.Healthy is { } well)
                {
                    json.WriteBoolean("healthy", well);
                }
                else
                {
                    json.WriteNull("healthy");
                }

                json.WriteString("text", finding.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WritePropertyName("status");
            if (status is null)
            {
                json.WriteNullValue();
            }
            else
            {
                JsonSerializer.Serialize(json, status, BotStatusJson.Default.BotStatus);
            }

            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
