using System.Globalization;
using System.Text;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Running.Native;
using ExtGap.Supervisor.Tests.Running.Support;

namespace ExtGap.Supervisor.Tests.Running;

public sealed class ProcessUsages
{
    [Fact(Timeout = 60_000)]
    public async Task Memory_of_a_group_is_that_of_all_its_members()
    {
        const long Eaten = 100_000_000;
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var child = await TestChild.ShellAsync(
            string.Create(CultureInfo.InvariantCulture, $"{Executables.TestProgram} eat-memory {Eaten} & {Executables.TestProgram} eat-memory {Eaten} & wait"));
        await using var other = await TestChild.ShellAsync("exec cat");
        await child.Output.WaitForLinesAsync(2).WaitAsync(cancellationToken);

        var usages = new Dictionary<int, GroupUsage> { [child.Pid] = default, [other.Pid] = default };
        ProcessUsage.Measure(usages);

        Assert.InRange(usages[child.Pid].ResidentBytes, 2 * Eaten, 4 * Eaten);
        Assert.Equal(3, usages[child.Pid].Processes);
        Assert.InRange(usages[other.Pid].ResidentBytes, 1, Eaten);
        Assert.Equal(1, usages[other.Pid].Processes);
    }

    [Fact(Timeout = 60_000)]
    public async Task CPU_time_grows_in_a_group_that_turns_and_in_no_other()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var busy = await TestChild.ShellAsync("while :; do :; done");
        await using var idle = await TestChild.ShellAsync("exec cat");
        var usages = new Dictionary<int, GroupUsage> { [busy.Pid] = default, [idle.Pid] = default };

        await Processes.UntilAsync(
            () =>
            {
                ProcessUsage.Measure(usages);
                return usages[busy.Pid].CpuTime > TimeSpan.FromSeconds(1);
            },
            TimeSpan.FromSeconds(30)).WaitAsync(cancellationToken);

        // Its own start took some.
        Assert.InRange(usages[idle.Pid].CpuTime, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_group_that_is_gone_uses_nothing()
    {
        await using var child = await TestChild.ShellAsync("exit 0");
        await child.WaitAsync().WaitAsync(TestContext.Current.CancellationToken);
        var usages = new Dictionary<int, GroupUsage> { [child.Pid] = new(TimeSpan.MaxValue, 1, 1) };

        ProcessUsage.Measure(usages);

        Assert.Equal(default, usages[child.Pid]);
    }

    [Fact]
    public void A_name_may_hold_anything()
    {
        var line = Encoding.UTF8.GetBytes("77 (a) R 1 (b) Z 1 70 60 0 -1 4194304 100 0 0 0 12 3 4 5 20 0 1 0 987654 2691072 321 18446744073709551615 1 1 0\n");

        Assert.True(ProcessStat.TryParse(line, out var stat));
        Assert.Equal(new ProcessStat(77, 'Z', 70, 60, 24, 987654, 321), stat);
        Assert.True(stat.IsZombie);
    }

    [Theory]
    [InlineData("")]
    [InlineData("77 (cut")]
    [InlineData("77 (cut) S")]
    [InlineData("77 (cut) S 1 70 60 0")]
    public void A_line_that_is_cut_is_none(string line) => Assert.False(ProcessStat.TryParse(Encoding.UTF8.GetBytes(line), out _));

    [Fact]
    public void A_process_that_is_not_there_is_none_and_one_that_cannot_be_read_is_a_fault()
    {
        Assert.Null(ProcessStat.ReadAt("/proc/self/none\0"u8));
        Assert.Throws<IOException>(() => ProcessStat.ReadAt("/proc/self\0"u8));
    }
}
