using System.Text;
using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Tests.Configuration;

public sealed class ConfigurationFaultTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    /// <summary>Members of a program, on line 3; the path within the program, and words of the message.</summary>
    public static TheoryData<string, string, string> ProgramFaults => new()
    {
        { """ "command": "true", "restart": { "factor": 0.5 } """, "restart.factor", "0.5 is not possible: a number from 1 to 100." },
        { """ "command": "true", "restart": { "factor": 1e999 } """, "restart.factor", "1e999 is not possible" },
        { """ "command": "true", "restart": { "factor": "2" } """, "restart.factor", "'2' is not possible: a number" },
        { """ "command": "true", "restart": { "jitter": -0.1 } """, "restart.jitter", "-0.1 is not possible: a number from 0 to 1." },
        { """ "command": "true", "restart": { "policy": "Always" } """, "restart.policy", "'Always' is not possible: there are always and on-failure and never." },
        { """ "command": "true", "restart": { "initialDelay": "-1s" } """, "restart.initialDelay", "'-1s' is not possible: a duration from 0 to 1h" },
        { """ "command": "true", "restart": { "initialDelay": "30" } """, "restart.initialDelay", "'30' is not possible: a duration" },
        { """ "command": "true", "restart": { "initialDelay": "1s\n" } """, "restart.initialDelay", "'1s?' is not possible" },
        { """ "command": "true", "restart": { "initialDelay": 1e300 } """, "restart.initialDelay", "1e300 is not possible" },
        { """ "command": "true", "restart": { "maxDelay": "999999999d" } """, "restart.maxDelay", "is not possible: a duration from 0 to 1d" },
        { """ "command": "true", "restart": { "maxDelay": "500ms" } """, "restart.maxDelay", "maxDelay (500ms) is less than initialDelay (1s)" },
        { """ "command": "true", "restart": { "initialDelay": "2m" } """, "restart.initialDelay", "maxDelay (1m) is less than initialDelay (2m)" },
        { """ "command": "true", "restart": { "maxRetries": 1.5 } """, "restart.maxRetries", "1.5 is not possible: a whole number from 0 to 1000000, or null for ever." },
        { """ "command": "true", "restart": { "maxRetries": -1 } """, "restart.maxRetries", "-1 is not possible" },
        { """ "command": "true", "restart": [] """, "restart", "an array is not possible: an object" },
        { """ "command": "true", "restart": null """, "restart", "null is not possible: an object" },
        { """ "command": "true", "readyTimeout": "0" """, "readyTimeout", "'0' is not possible: a duration from 100ms to 1h" },
        { """ "command": "true", "startSeconds": "10s" """, "startSeconds", "'10s' is not possible: a number of seconds from 0 to 3600." },
        { """ "command": "true", "autoStart": "yes" """, "autoStart", "'yes' is not possible: true or false." },
        { """ "command": "true", "stop": { "signal": "SIGKILL" } """, "stop.signal", "there are SIGTERM and SIGINT" },
        { """ "command": "true", "stop": { "timeout": "2h" } """, "stop.timeout", "'2h' is not possible: a duration from 0 to 1h" },
        { """ "command": "true", "watchdog": "1s" """, "watchdog", "'1s' is not possible: a duration from 2s to 1d" },
        { """ "command": "true", "maxMemory": "10 MB" """, "maxMemory", "'10 MB' is not possible: a size from 1MB to 1TB" },
        { """ "command": "true", "maxMemory": 0 """, "maxMemory", "or null for no limit" },
        { """ "command": "true", "alert": { "restarts": 0 } """, "alert.restarts", "0 is not possible: a whole number from 1 to 1000." },
        { """ "command": "true", "logs": { "maxSize": "1B" } """, "logs.maxSize", "a size from 1KB to 10GB" },
        { """ "command": "true", "logs": { "maxSize": 1e300 } """, "logs.maxSize", "1e300 is not possible" },
        { """ "command": "true", "logs": { "directory": "" } """, "logs.directory", "'' is not possible: the path of a folder" },
        { """ "command": "true", "environmentFile": false """, "environmentFile", "false is not possible: the path of a file" },
        { """ "command": "true", "environment": { "A": 1 } """, "environment.A", "text in quotes" },
        { """ "command": "true", "environment": { "A=B": "" } """, "environment.A=B", "no name of a variable" },
        { """ "command": "true", "environment": { "1A": "" } """, "environment.1A", "no name of a variable" },
        { """ "command": "true", "environment": { "A": "x\u0000y" } """, "environment.A", "NUL" },
        { """ "command": "true", "environment": { "NOTIFY_SOCKET": "/x" } """, "environment.NOTIFY_SOCKET", "the supervisor sets this variable itself" },
        { """ "command": "true", "arguments": "x" """, "arguments", "'x' is not possible: an array of texts" },
        { """ "command": "true", "arguments": ["x", 5] """, "arguments[1]", "5 is not possible: text in quotes" },
        { """ "command": " " """, "command", "a path, or a name that is in PATH" },
        { """ "command": "true", "bot": {} """, "command", "either `bot` or `command`, not both" },
        { """ "bot": {}, "arguments": [] """, "arguments", "goes with `command` only" },
        { """ "bot": {}, "directory": "x" """, "directory", "goes with `command` only" },
        { """ "bot": "-- 12345:hunter2-is-no-token" """, "bot", "'-- <token>' is not possible: an object" },
        { """ "bot": "BTCUSDT" """, "bot", "'BTCUSDT' is not possible: an object" },
        { """ "autoStart": true """, "", "nothing to run: give it a `bot` or a `command`" },
        { """ "command": "true", "restrt": {} """, "restrt", "did you mean `restart`?" },
        { """ "command": "true", "auto-start": true """, "auto-start", "did you mean `autoStart`?" },
        { """ "command": "true", "restart": { "maxRetry": 5 } """, "restart.maxRetry", "did you mean `maxRetries`?" },
        { """ "command": "true", "stop": { "colour": 1 } """, "stop.colour", "there is no such key; there are signal, timeout." },
        { """ "command": "true", "autoStart": true, "autoStart": false """, "autoStart", "is here twice, first on line 3" },
        { """ "bot": { "timefrmae": "3m" } """, "bot.timefrmae", "did you mean `timeframe`?" },
        { """ "bot": { "max-hold": "1h", "maxHold": "2h" } """, "bot.maxHold", "the same as `max-hold` on line 3" },
        { """ "bot": { "fresh": true } """, "bot.fresh", "Run `extgap-bot --fresh` once by hand" },
        { """ "bot": { "env-file": "x" } """, "bot.env-file", "use the program's `environmentFile`" },
        { """ "bot": { "envFile": "x" } """, "bot.envFile", "use the program's `environmentFile`" },
        { """ "bot": { "notional": null } """, "bot.notional", "null is not possible" },
        { """ "bot": { "notional": [1] } """, "bot.notional", "an array is not possible" },
        { """ "bot": { "symbol": [] } """, "bot.symbol", "an array of texts such as" },
        { """ "bot": { "symbol": ["BTCUSDT", 1] } """, "bot.symbol", "an array of texts such as" },
    };

    /// <summary>A whole file; line, path and words of its one fault.</summary>
    public static TheoryData<string, int, string, string> FileFaults => new()
    {
        { "", 1, "", "There is nothing in the file" },
        { " \n\n", 1, "", "There is nothing in the file" },
        { "[]", 1, "", "an array is not possible: the file is an object" },
        { "\n7", 2, "", "7 is not possible" },
        { "{\n\"programs\": {\n", 3, "", "can't be read as JSON" },
        { "{\n\"programs\": oops }", 2, "", "can't be read as JSON: 'o' is an invalid start of a value." },
        { "{ } \n}", 2, "", "can't be read as JSON" },
        { "{ }\n{ }", 2, "", "can't be read as JSON" },
        { "{\n \"a\": \"\\ud800\" }", 2, "", "stands for no character" },
        { "{\n}", 1, "", "there is no `programs`" },
        { "{\n\"programs\": {} }", 2, "programs", "at least one is needed" },
        { "{\n\"programs\": [] }", 2, "programs", "an array is not possible" },
        { "{ \"programs\": {\n\"-a\": { \"command\": \"true\" } } }", 2, "programs.-a", "no name of a program" },
        { "{ \"programs\": {\n\"a/b\": { \"command\": \"true\" } } }", 2, "programs.a/b", "no name of a program" },
        { "{ \"programs\": {\n\"a\\n\": { \"command\": \"true\" } } }", 2, "programs.a?", "no name of a program" },
        { "{ \"programs\": {\n\"" + new string('a', 33) + "\": { \"command\": \"true\" } } }", 2, "programs." + new string('a', 33), "1 to 32 letters" },
        { "{ \"programs\": { \"a\": { \"command\": \"true\" },\n\"A\": { \"command\": \"true\" } } }", 2, "programs.A", "there is a program a, and names that differ in capitals only" },
        { "{ \"programs\": { \"a\": { \"command\": \"true\" },\n\"a\": { \"command\": \"true\" } } }", 2, "programs.a", "is here twice" },
        { "{ \"programs\": {\n\"a\": \"true\" } }", 2, "programs.a", "'true' is not possible: an object" },
        { "{ \"programs\": { \"a\": { \"command\": \"true\" } },\n\"program\": 1 }", 2, "program", "did you mean `programs`?" },
        { "{ \"programs\": { \"a\": { \"command\": \"true\" } },\n\"logs\": {} }", 2, "logs", "belongs in `defaults`" },
        { "{ \"programs\": { \"a\": { \"command\": \"true\" } },\n\"defaults\": { \"command\": \"true\" } }", 2, "defaults.command", "each program's own" },
        { "{ \"programs\": { \"a\": { \"command\": \"true\" } },\n\"defaults\": { \"restart\": { \"maxDelay\": 0.5 } } }", 2, "defaults.restart.maxDelay", "less than initialDelay (1s)" },
        { "{ \"programs\": { \"a\": { \"command\": \"true\" } },\n\"runDirectory\": 5 }", 2, "runDirectory", "5 is not possible" },
        { "{ \"programs\": { \"a\": { \"command\": \"true\" } },\n\"$schema\": 5 }", 2, "$schema", "5 is not possible" },
    };

    [Theory]
    [MemberData(nameof(ProgramFaults))]
    public void A_fault_of_a_program_has_its_line_its_path_and_what_is_allowed(string members, string path, string words)
    {
        var fault = Assert.Single(_folder.Faults($"{{\n  \"programs\": {{\n    \"a\": {{ {members} }}\n  }}\n}}"));
        Assert.Equal((3, path.Length > 0 ? $"programs.a.{path}" : "programs.a"), (fault.Line, fault.Path));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(FileFaults))]
    public void A_fault_of_the_file_has_its_line(string json, int line, string path, string words)
    {
        var fault = Assert.Single(_folder.Faults(json));
        Assert.Equal((line, path), (fault.Line, fault.Path));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_the_file_one_to_a_line()
    {
        var error = Assert.Throws<ConfigurationException>(() => _folder.Load("""
            {
              "programs": {
                "3m": {
                  "bot": { "timeframe": "3m" },
                  "restart": {
                    "factor": 0.5,
                    "jitter": 2
                  }
                },
                "b d": { "command": "true", "x\ny": 1 }
              },
              "defaults": { "autoStart": 1 },
              "more": 1
            }
            """));

        Assert.Equal(ExitCode.Configuration, error.ExitCode);
        Assert.Equal(
            [
                $"{_folder.File}:6: programs.3m.restart.factor: 0.5 is not possible: a number from 1 to 100.",
                $"{_folder.File}:7: programs.3m.restart.jitter: 2 is not possible: a number from 0 to 1.",
                $"{_folder.File}:10: programs.b d: this is no name of a program: 1 to 32 letters, digits, dots, dashes and underscores, a letter or digit first.",
                $"{_folder.File}:10: programs.b d.x?y: there is no such key; there are bot, command, arguments, directory, environment, environmentFile, autoStart, restart, readyTimeout, startSeconds, stop, watchdog, maxMemory, alert, logs.",
                $"{_folder.File}:12: defaults.autoStart: 1 is not possible: true or false.",
                $"{_folder.File}:13: more: there is no such key; there are $schema, defaults, programs, runDirectory.",
            ],
            error.Message.Split('\n'));
    }

    [Fact]
    public void A_fault_of_the_defaults_is_not_told_again_for_each_program() =>
        Assert.Single(_folder.Faults("""{ "defaults": { "restart": { "initialDelay": "5m" } }, "programs": { "a": { "command": "x" }, "b": { "command": "x", "restart": { "factor": 3 } } } }"""));

    [Fact]
    public void No_value_of_a_variable_is_shown()
    {
        var error = Assert.Throws<ConfigurationException>(() => _folder.LoadProgram(""" "command": "true", "environment": { "A": 5551234, "B=": "SECRET", "C": "SECRET\u0000" } """));
        Assert.Equal(3, error.Faults.Count);
        Assert.DoesNotContain("SECRET", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("5551234", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_a_folder_too_large_too_deep_or_not_in_UTF_8_is_refused()
    {
        AssertRefused(_folder["missing.json"], "there is no such file");
        AssertRefused(_folder["missing/x.json"], "there is no such file");
        AssertRefused(string.Empty, "there is no such file");
        AssertRefused(_folder.Root, "it is a folder");
        AssertRefused(_folder.Write("large.json", "{}" + new string(' ', 1 << 20)), "larger than 1MiB");
        AssertRefused(_folder.Write("deep.json", new string('[', 40) + new string(']', 40)), "maximum configured depth of 32");
        File.WriteAllBytes(_folder["wide.json"], Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("{}")).ToArray());
        AssertRefused(_folder["wide.json"], "save it as UTF-8");
    }

    [Fact]
    public void A_file_of_the_largest_size_is_read() =>
        Assert.Single(_folder.Load("""{ "programs": { "a": { "command": "true" } } }""".PadRight(1 << 20)).Programs);

    public void Dispose() => _folder.Dispose();

    private static void AssertRefused(string path, string words)
    {
        var error = Assert.Throws<ConfigurationException>(() => SupervisorFile.Load(path));
        Assert.StartsWith(path + ":", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
