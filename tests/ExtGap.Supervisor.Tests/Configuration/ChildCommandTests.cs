using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Tests.Configuration;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ChildCommandTests : IDisposable
{
    private const string NotifySocket = "/run/a.notify";

    private static readonly Dictionary<string, string> Inherited = new(StringComparer.Ordinal)
    {
        ["PATH"] = "/usr/bin:/bin",
        ["HOME"] = "/root",
        ["NOTIFY_SOCKET"] = "/run/systemd/notify",
        ["WATCHDOG_USEC"] = "1",
        ["WATCHDOG_PID"] = "2",
        ["LISTEN_FDS"] = "3",
        ["LISTEN_PID"] = "4",
        ["LISTEN_FDNAMES"] = "5",
    };

    private readonly ConfigurationFolder _folder = new();

    [Fact]
    public void A_bot_has_its_options_in_the_order_of_its_help_whatever_the_files()
    {
        var child = Of(""" "bot": { "notional": 500, "timeframe": "3m", "dataDirectory": "d", "symbol": "BTCUSDT" }, "watchdog": "45s" """);

        Assert.Equal("/opt/extgap-bot", child.Executable);
        Assert.Equal(["--symbol", "BTCUSDT", "--timeframe", "3m", "--notional", "500", "--data-directory", "d"], child.Arguments);
        Assert.Equal(_folder.Root, child.Directory);
        Assert.Equal(
            [("EXTGAP_LIFELINE", "stdin"), ("HOME", "/root"), ("NOTIFY_SOCKET", NotifySocket), ("PATH", "/usr/bin:/bin"), ("WATCHDOG_USEC", "45000000")],
            Sorted(child));
    }

    [Fact]
    public void A_bot_is_told_of_an_env_file_that_exists_or_is_named_and_reads_it_itself()
    {
        Assert.Equal(["--env-file", _folder["x.env"]], Of(""" "bot": {}, "environmentFile": "x.env" """).Arguments);
        _folder.Write(".env", "SECRET=1");
        var child = Of(""" "bot": {} """);
        Assert.Equal(["--env-file", _folder[".env"]], child.Arguments);
        Assert.DoesNotContain("SECRET", child.Environment.Keys);
    }

    [Fact]
    public void A_command_has_the_env_file_under_the_environment_and_this_under_its_own_variables()
    {
        _folder.Write(".env", "HOME=/file\nA=file\nB=file\nLISTEN_FDS=file");
        var child = Of(""" "command": "sh", "arguments": ["-c", ""], "directory": "d", "environment": { "B": "own", "C": "own" } """, folder: "d");

        Assert.Equal(["-c", ""], child.Arguments);
        Assert.Equal(_folder["d"], child.Directory);
        Assert.Contains(child.Executable, new[] { "/usr/bin/sh", "/bin/sh" });
        Assert.Equal([("A", "file"), ("B", "own"), ("C", "own"), ("EXTGAP_LIFELINE", "stdin"), ("HOME", "/root"), ("PATH", "/usr/bin:/bin")], Sorted(child));
    }

    [Fact]
    public void What_must_not_be_inherited_is_told_as_removed()
    {
        var changes = Of(""" "command": "sh", "environment": { "HOME": "/h" } """).ChangesTo(Inherited);
        Assert.Equal(
            [("EXTGAP_LIFELINE", "stdin"), ("HOME", "/h"), ("LISTEN_FDNAMES", null), ("LISTEN_FDS", null), ("LISTEN_PID", null), ("NOTIFY_SOCKET", null), ("WATCHDOG_PID", null), ("WATCHDOG_USEC", null)],
            changes.Select(change => (change.Key, change.Value)).OrderBy(change => change.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void A_command_with_a_slash_is_relative_to_the_configuration_and_one_without_is_in_its_PATH()
    {
        var tool = Executable("bin/tool");
        Assert.Equal(tool, Of(""" "command": "./bin/tool" """).Executable);
        Assert.Equal(tool, Of(""" "command": "bin/tool", "directory": "bin" """).Executable);
        Assert.Equal(tool, Of($$""" "command": "{{tool}}" """).Executable);
        Assert.Equal(tool, Of($$""" "command": "tool", "environment": { "PATH": "/nowhere::.:{{_folder["bin"]}}" } """).Executable);
    }

    [Fact]
    public void What_cannot_be_executed_is_told_with_its_reason()
    {
        _folder.Write("text", "");
        Directory.CreateDirectory(_folder["folder"]);
        AssertMissing(""" "command": "no-such-tool" """, "there is no executable no-such-tool in PATH");
        AssertMissing(""" "command": "sh", "environment": { "PATH": "" } """, "there is no executable sh in PATH");
        AssertMissing(""" "command": "./missing" """, $"there is no executable {_folder["missing"]}");
        AssertMissing(""" "command": "./text" """, $"{_folder["text"]} is not executable: chmod +x it");
        AssertMissing(""" "command": "./folder" """, $"{_folder["folder"]} is a folder, not an executable");
        AssertMissing(""" "command": "sh", "directory": "gone" """, $"there is no folder {_folder["gone"]} to work in");
        AssertMissing(""" "command": "sh", "environmentFile": "gone.env" """, $"The env file {_folder["gone.env"]} can't be used");
    }

    [Fact]
    public void The_bot_is_named_by_the_environment_or_beside_the_supervisor_or_in_the_repository_or_in_PATH()
    {
        var (named, inPath) = (Executable("named"), Executable("path/extgap-bot"));
        var own = _folder["src/ExtGap.Supervisor/bin/Release/net10.0/"];
        Directory.CreateDirectory(own);
        string Find(string? variable) => ProductExecutable.Bot.Find(name => name == "EXTGAP_BOT" ? variable : $"/nowhere:{_folder["path"]}", own);

        Assert.Equal(inPath, Find(null));
        Executable("src/ExtGap.Bot/bin/Debug/net10.0/extgap-bot");
        Assert.Equal(inPath, Find(null));
        var built = Executable("src/ExtGap.Bot/bin/Release/net10.0/extgap-bot");
        Assert.Equal(built, Find(""));
        var beside = Executable("src/ExtGap.Supervisor/bin/Release/net10.0/extgap-bot");
        Assert.Equal(beside, Find(null));
        Assert.Equal(named, Find(named));
    }

    [Fact]
    public void A_bot_that_is_nowhere_is_told_with_the_remedy()
    {
        var error = Assert.Throws<SupervisorException>(() => ProductExecutable.Bot.Find(_ => null, _folder["bin/"]));
        Assert.Equal($"there is no extgap-bot beside {_folder["bin/extgap"]} nor in PATH: build it, or name it in EXTGAP_BOT", error.Message);
        error = Assert.Throws<SupervisorException>(() => ProductExecutable.Bot.Find(name => name == "EXTGAP_BOT" ? "/no/bot" : "/bin", _folder.Root));
        Assert.Equal("EXTGAP_BOT: there is no executable /no/bot", error.Message);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<(string Name, string Value)> Sorted(ChildCommand child) =>
        child.Environment.Select(variable => (variable.Key, variable.Value)).OrderBy(variable => variable.Key, StringComparer.Ordinal);

    private ChildCommand Of(string members, string? folder = null)
    {
        Directory.CreateDirectory(_folder[folder ?? "."]);
        return ChildCommand.Of(_folder.LoadProgram(members), _folder.Root, Inherited, NotifySocket, () => "/opt/extgap-bot");
    }

    private void AssertMissing(string members, string words)
    {
        var error = Assert.Throws<SupervisorException>(() => Of(members));
        Assert.Equal(ExitCode.Configuration, error.ExitCode);
        Assert.StartsWith(words, error.Message, StringComparison.Ordinal);
    }

    private string Executable(string name)
    {
        File.SetUnixFileMode(_folder.Write(name, ""), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return _folder[name];
    }
}
