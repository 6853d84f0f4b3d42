using System.Diagnostics;
using ExtGap.Supervisor.Commands;

namespace ExtGap.Supervisor.Tests.Commands;

public sealed class Completions : IDisposable
{
    private const string Complete = """
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
        _extgap; echo "${COMPREPLY[*]}"
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("extgap");

    public Completions()
    {
        // Stands for extgap: its names are those of the configuration that it is given.
        File.WriteAllText(Extgap, "#!/bin/sh\n[ \"$1\" = --config ] && { echo \"${2}-1\"; exit; }\n[ \"$1\" = names ] && printf '3m\\n15m\\n1h\\n'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Extgap, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private string Extgap => Path.Combine(_folder.FullName, "extgap");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory(Timeout = 20_000)]
    [InlineData("start-all start", "start")]
    [InlineData("3m 15m 1h", "restart", "")]
    [InlineData("15m 1h", "logs", "3m", "1")]
    [InlineData("--stderr", "logs", "3m", "--std")]
    [InlineData("--json --watch --tail --config --help", "status", "-")]
    [InlineData("bash zsh fish", "completion", "")]
    [InlineData("my.json-1", "--config", "my.json", "stop", "")]
    [InlineData("", "status", "--tail", "")]
    [InlineData("3m 15m 1h", "status", "--tail", "5", "")]
    [InlineData("", "health", "")]
    public async Task Bash_completes(string expected, params string[] words)
    {
        var script = await ScriptAsync("bash", TestContext.Current.CancellationToken);
        var completed = await RunAsync("bash", ["-c", Complete, "bash", script, Extgap, .. words], TestContext.Current.CancellationToken);

        Assert.Equal(expected, completed.Replace("start-all start restart", "start-all start", StringComparison.Ordinal));
    }

    [Theory(Timeout = 20_000)]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Each_shell_finds_no_fault_in_its_script(string shell)
    {
        Assert.SkipUnless(Exists(shell), $"There is no {shell} here.");
        Assert.Equal(string.Empty, await RunAsync(shell, ["-n", await ScriptAsync(shell, TestContext.Current.CancellationToken)], TestContext.Current.CancellationToken));
    }

    [Theory(Timeout = 20_000)]
    [InlineData("restart", "extgap restart ")]
    [InlineData("start-all start", "extgap sta")]
    [InlineData("--stderr", "extgap logs --std")]
    public async Task Fish_completes(string kind, string line)
    {
        Assert.SkipUnless(Exists("fish"), "There is no fish here.");
        var completed = await RunAsync("fish", ["--no-config", "-c", "set -x PATH $argv[1] $PATH; source $argv[2]; complete -C $argv[3]", _folder.FullName, await ScriptAsync("fish", TestContext.Current.CancellationToken), line], TestContext.Current.CancellationToken);
        var words = completed.Split('\n').Select(word => word.Split('\t')[0]).Order(StringComparer.Ordinal);

        Assert.Equal(kind switch { "restart" => "15m 1h 3m", "start-all start" => "start start-all status", _ => kind }, string.Join(' ', words));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void Each_script_knows_each_verb_and_option(string shell)
    {
        var script = CompletionScripts.For(shell);
        foreach (var command in CommandLine.Create(new FakeSupervisor().Surroundings()).Subcommands.Where(command => !command.Hidden))
        {
            Assert.Contains(command.Name, script, StringComparison.Ordinal);
            foreach (var option in command.Options.Where(option => !option.Hidden))
            {
                Assert.Contains(shell == "fish" ? $"-l {option.Name.TrimStart('-')}" : option.Name, script, StringComparison.Ordinal);
            }
        }
    }

    private static bool Exists(string shell) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, shell)));

    private async Task<string> ScriptAsync(string shell, CancellationToken cancellationToken)
    {
        var supervisor = new FakeSupervisor();
        Assert.Equal(ExitCode.Success, await supervisor.RunAsync($"completion {shell}", cancellationToken));
        var path = Path.Combine(_folder.FullName, $"extgap.{shell}");
        await File.WriteAllTextAsync(path, supervisor.Output, cancellationToken);
        return path;
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (output + await error).TrimEnd('\n');
    }
}
