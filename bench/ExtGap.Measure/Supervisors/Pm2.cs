using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ExtGap.Measure.Processes;

namespace ExtGap.Measure.Supervisors;

/// <summary>pm2, of the npm package pm2. It has no rotation of logs without a module: each child's log is one file.</summary>
internal sealed class Pm2(string executable, string directory) : Supervisor(directory)
{
    private bool _isRunning;

    public override int Pid => int.Parse(File.ReadAllText(Path.Combine(Home, "pm2.pid")), CultureInfo.InvariantCulture);

    private string Home => Path.Combine(Directory, "h");

    private Dictionary<string, string> Variables => new(StringComparer.Ordinal) { ["PM2_HOME"] = Home, ["PM2_DISCRETE_MODE"] = "true" };

    public override async Task<long> StartAsync(IReadOnlyList<Child> children, CancellationToken cancellationToken)
    {
        var configuration = Path.Combine(Directory, "ecosystem.config.json");
        await File.WriteAllBytesAsync(configuration, Configure(children), cancellationToken);
        _isRunning = true;
        var began = Stopwatch.GetTimestamp();
        await Started.TimeAsync(executable, ["start", configuration], Directory, Variables, cancellationToken);
        return began;
    }

    public override Task<TimeSpan> AskStatusAsync(CancellationToken cancellationToken) =>
        Started.TimeAsync(executable, ["list"], Directory, Variables, cancellationToken);

    public override Task<TimeSpan> StopAsync()
    {
        _isRunning = false;
        return Started.TimeAsync(executable, ["kill"], Directory, Variables, CancellationToken.None);
    }

    public override IReadOnlyList<string> LogFiles(string child) => [Path.Combine(Directory, $"{child}.log")];

    public override async ValueTask DisposeAsync()
    {
        if (_isRunning)
        {
            await StopAsync();
        }
    }

    private byte[] Configure(IReadOnlyList<Child> children)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartArray("apps");
            foreach (var child in children)
            {
                json.WriteStartObject();
                json.WriteString("name", child.Name);
                json.WriteString("script", child.Command);
                json.WriteString("interpreter", "none");
                json.WriteStartArray("args");
                child.Arguments.ToList().ForEach(json.WriteStringValue);
                json.WriteEndArray();
                json.WriteBoolean("autorestart", child.IsRestarted);
                json.WriteString("out_file", Path.Combine(Directory, $"{child.Name}.log"));
                json.WriteString("error_file", "/dev/null");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return text.ToArray();
    }
}
