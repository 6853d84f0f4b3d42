using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ExtGap.Supervisor.Commands;

/// <summary>The help of a verb, with examples below.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    // Help ends the verb, whatever else was typed.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var examples = Of(parseResult.CommandResult.Command.Name);
        if (examples.Length > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
        }

        output.Flush();
        return ExitCode.Success;
    }

    private static string[] Of(string command) => command switch
    {
        "init" =>
        [
            "extgap init",
            "extgap init --symbol BTCUSDT --timeframe 3m 15m --no-telegram",
            "extgap init --symbol ETHUSDT --timeframe 1h --telegram-chat -1001234567890 --token-stdin --force < token.txt",
        ],
        "start-all" => ["extgap start-all", "extgap --config /etc/extgap/supervisor.json start-all"],
        "stop-all" => ["extgap stop-all", "extgap stop-all --keep-supervisor"],
        "start" => ["extgap start 3m", "extgap start 3m 15m"],
        "stop" => ["extgap stop 1h"],
        "restart" => ["extgap restart 15m"],
        "status" => ["extgap status", "extgap status 3m --tail 20", "extgap status --watch", "extgap status --json | jq -r '.programs[] | select(.state != \"RUNNING\") | .name'"],
        "health" => ["extgap health || extgap status", "extgap health --json"],
        "logs" => ["extgap logs 3m -n 100", "extgap logs 3m 15m --stderr", "extgap logs --all -f"],
        "reload" => ["extgap check && extgap reload"],
        "supervise" => ["extgap supervise", "extgap --config /data/supervisor.json supervise"],
        "check" => ["extgap check", "extgap check --online", "extgap check --json"],
        "demo" => ["extgap demo", "extgap demo --klines AVAXUSDT-1m-2023-02.zip --speed max"],
        "completion" => ["source <(extgap completion bash)", "extgap completion fish > ~/.config/fish/completions/extgap.fish"],
        "extgap" => ["extgap init", "extgap start-all", "extgap status --watch", "extgap logs 3m -f", "extgap stop-all"],
        _ => [],
    };
}
