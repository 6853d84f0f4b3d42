using System.Diagnostics;
using System.Globalization;
using ExtGap.Supervisor.Tests.Running.Support;

namespace ExtGap.Supervisor.Tests.Running;

/// <summary><c>extgap exec</c>, started as anybody may start it.</summary>
public sealed class ExecVerb
{
    [Fact(Timeout = 60_000)]
    public async Task It_keeps_its_pid_and_ends_as_the_command_does()
    {
        var (pid, code, output, _) = await RunAsync("exec", "--", "sh", "-c", "echo $$; exit 7").WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(7, code);
        Assert.Equal(pid, int.Parse(output, CultureInfo.InvariantCulture));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(64, "--unknown is not understood", "exec", "--unknown", "--", "true")]
    [InlineData(64, "--die-with is not understood", "exec", "--die-with", "me", "--", "true")]
    [InlineData(64, "a command is missing after --", "exec")]
    [InlineData(64, "a command is missing after --", "exec", "--")]
    [InlineData(127, "can't run no-such-command: No such file or directory", "exec", "--", "no-such-command")]
    [InlineData(127, "can't run /etc/passwd/x: Not a directory", "exec", "--", "/etc/passwd/x")]
    [InlineData(126, "can't run /: Permission denied", "exec", "--", "/")]
    [InlineData(1, "process 1 that true shall die with is gone", "exec", "--die-with", "1", "--", "true")]
    public async Task It_says_why_it_can_t(int code, string why, params string[] arguments)
    {
        var (_, found, _, error) = await RunAsync(arguments).WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"extgap exec: {why}\n", error);
        Assert.Equal(code, found);
    }

    [Fact(Timeout = 60_000)]
    public async Task Detached_it_holds_none_of_its_starter_s_descriptors()
    {
        using var folder = new TemporaryFolder();
        var (pid, _, output, _) = await RunAsync("exec", "--detached", "--", "sh", "-c", $"found=$(ls -l /proc/$$/fd); echo \"$found\" > {folder["fd"]}; echo unheard").WaitAsync(TestContext.Current.CancellationToken);

        Assert.Empty(output);
        var descriptors = await File.ReadAllLinesAsync(folder["fd"], TestContext.Current.CancellationToken);
        Assert.Equal(["0 -> /dev/null", "1 -> /dev/null", "2 -> /dev/null"], descriptors[1..4].Select(line => line[^"0 -> /dev/null".Length..]));
        Assert.NotEqual(0, pid);
    }

    [Fact(Timeout = 60_000)]
    public async Task It_leaves_nothing_in_the_temporary_folder()
    {
        using var folder = new TemporaryFolder();

        var (_, code, _, _) = await RunAsync([("TMPDIR", folder.Path)], "exec", "--", "true").WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, code);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static Task<(int Pid, int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync([], arguments);

    private static async Task<(int Pid, int Code, string Output, string Error)> RunAsync(IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(Executables.Extgap, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.Id, process.ExitCode, await output, error);
    }
}
