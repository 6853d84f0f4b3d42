using System.Text;
using System.Text.Json;
using ExtGap.Measure.Processes;

namespace ExtGap.Measure.Supervisors;

/// <summary>ExtGap's own: <c>extgap supervise</c>.</summary>
internal sealed class ExtGapSupervisor(string executable, string directory) : Supervisor(directory)
{
    private Started? _process;

    public override int Pid => _process!.Pid;

    private string Configuration => Path.Combine(Directory, "supervisor.json");

    public override async Task<long> StartAsync(IReadOnlyList<Child> children, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Configuration, Configure(children), cancellationToken);
        _process = Started.Run(executable, ["supervise", "--config", Configuration], Directory);
        return _process.Timestamp;
    }

    public override Task<TimeSpan> AskStatusAsync(CancellationToken cancellationToken) =>
        Started.TimeAsync(executable, ["status", "--config", Configuration], Directory, environment: null, cancellationToken);

    public override Task<TimeSpan> StopAsync() => _process!.StopAsync();

    public override IReadOnlyList<string> LogFiles(string child) => Rotated(Path.Combine(Directory, "logs", $"extgap_indicator_{child}_stdout.log"));

    public override ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string Configure(IReadOnlyList<Child> children)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartObject("programs");
            foreach (var child in children)
            {
                json.WriteStartObject(child.Name);
                json.WriteString("command", child.Command);
                json.WriteStartArray("arguments");
                child.Arguments.ToList().ForEach(json.WriteStringValue);
                json.WriteEndArray();
                json.WriteNumber("startSeconds", 0);
                json.WriteStartObject("restart");
                json.WriteString("policy", child.IsRestarted ? "always" : "never");
                json.WriteString("initialDelay", "0");

                // So that each kill of a row is the first one.
                json.WriteString("resetAfter", "0");
                json.WriteEndObject();
                json.WriteStartObject("logs");
                json.WriteString("maxSize", $"{LogBytes}B");
                json.WriteNumber("backups", LogBackups);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
