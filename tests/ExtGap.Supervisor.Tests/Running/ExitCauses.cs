using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Running.Native;
using ExtGap.Supervisor.Tests.Running.Support;

namespace ExtGap.Supervisor.Tests.Running;

public sealed class ExitCauses
{
    // The first one that tells exits by pidfd.
    private static readonly bool KernelTells = OperatingSystem.IsLinux() && Environment.OSVersion.Version >= new Version(6, 15);

    [Fact(Timeout = 600_000)]
    public async Task A_kill_is_told_from_an_exit_with_137()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await Parallel.ForAsync(0, Repeated.Amount(40, 1000), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (i, _) =>
        {
            await using var child = await TestChild.ShellAsync(i % 2 == 0 ? "kill -9 $$" : "exit 137");

            ExitCause expected = (KernelTells, i % 2) switch
            {
                (false, _) => new ExitCause.Ambiguous(137),
                (_, 0) => new ExitCause.Killed(9),
                _ => new ExitCause.Exited(137),
            };
            Assert.Equal(expected, await child.WaitAsync());
        });
    }

    [Theory(Timeout = 10_000)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(128)]
    public async Task Without_the_kernel_s_word_a_code_up_to_128_is_an_exit(int code)
    {
        var child = new ChildProcess(int.MaxValue);
        child.End(code, null);
        Assert.Equal(new ExitCause.Exited(code), await child.Ended.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 10_000)]
    public async Task Without_the_kernel_s_word_137_is_ambiguous()
    {
        var child = new ChildProcess(int.MaxValue);
        child.End(137, null);
        Assert.Equal(new ExitCause.Ambiguous(137), await child.Ended.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 10_000)]
    public async Task Without_the_kernel_s_word_137_after_our_own_SIGKILL_is_a_kill_but_143_after_our_SIGTERM_is_ambiguous()
    {
        // No process has this number, so nobody gets the signal.
        var killed = new ChildProcess(int.MaxValue);
        killed.Signal(Signals.Kill);
        killed.End(137, null);
        Assert.Equal(new ExitCause.Killed(9), await killed.Ended.WaitAsync(TestContext.Current.CancellationToken));

        var told = new ChildProcess(int.MaxValue);
        told.Signal(Signals.Terminate);
        told.End(143, null);
        Assert.Equal(new ExitCause.Ambiguous(143), await told.Ended.WaitAsync(TestContext.Current.CancellationToken));
    }
}
