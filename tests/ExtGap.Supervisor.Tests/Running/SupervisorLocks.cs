using System.Diagnostics;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Supervisor.Tests.Running;

public sealed class SupervisorLocks : IDisposable
{
    private const string Configuration = "/srv/extgap/supervisor.json";

    private readonly string _root = Directory.CreateTempSubdirectory("extgap-lock-").FullName;
    private readonly string _run;

    public SupervisorLocks()
    {
        _run = Path.Combine(_root, "run");
        Directory.CreateDirectory(_run);
    }

    private string LockPath => Path.Combine(_run, "extgap.lock");

    private string PidPath => Path.Combine(_run, "extgap.pid");

    [Fact]
    public void A_second_supervisor_is_refused_by_configuration_and_pid()
    {
        using var first = SupervisorLock.Take(_run, Configuration);
        var fault = Assert.Throws<SupervisorException>(() => SupervisorLock.Take(_run, Configuration));
        Assert.Equal(ExitCode.SupervisorRuns, fault.ExitCode);
        Assert.Equal(
            $"Another supervisor (process {Environment.ProcessId}, ExtGap 0.1.0) runs for {Configuration}: extgap stop-all stops it.", fault.Message);
        Assert.Equal((Environment.ProcessId, Configuration, "0.1.0"), SupervisorLock.ReadHolder(_run) is { } holder ? (holder.Pid, holder.Configuration, holder.Version) : default);
    }

    [Fact]
    public void A_supervisor_of_another_configuration_is_told_how_to_get_out_of_the_way()
    {
        using var first = SupervisorLock.Take(_run, Configuration);
        var fault = Assert.Throws<SupervisorException>(() => SupervisorLock.Take(_run, "/other.json"));
        Assert.Contains($"runs for {Configuration}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("give /other.json another runDirectory", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_that_was_let_go_can_be_taken_again()
    {
        SupervisorLock.Take(_run, Configuration).Dispose();
        Assert.False(SupervisorLock.IsHeld(_run));
        Assert.Null(SupervisorLock.ReadHolder(_run));
        using var again = SupervisorLock.Take(_run, Configuration);
        Assert.True(SupervisorLock.IsHeld(_run));
    }

    [Fact]
    public void Whatever_lies_around_does_not_matter()
    {
        File.WriteAllText(LockPath, "garbage");
        File.WriteAllText(PidPath, "1\n/srv/old.json\n0.0.1\n");
        Assert.False(SupervisorLock.IsHeld(_run));
        Assert.Null(SupervisorLock.ReadHolder(_run));
        using var taken = SupervisorLock.Take(_run, Configuration);
        Assert.Equal(Environment.ProcessId, SupervisorLock.ReadHolder(_run)?.Pid);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_lock_that_was_deleted_lets_nobody_in_as_long_as_its_supervisor_lives()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells when a process started.");
        using var first = Process.Start("sleep", "1000");
        try
        {
            var start = ProcessStat.Read(first.Id)!.Value.StartTicks;
            new SupervisorHolder(first.Id, Configuration, "0.1.0", start).Write(_run);
            var fault = Assert.Throws<SupervisorException>(() => SupervisorLock.Take(_run, Configuration));
            Assert.Equal(ExitCode.SupervisorRuns, fault.ExitCode);
            Assert.Contains($"process {first.Id}", fault.Message, StringComparison.Ordinal);
            Assert.False(SupervisorLock.IsHeld(_run));

            // A later process of that number is somebody else.
            new SupervisorHolder(first.Id, Configuration, "0.1.0", start - 1).Write(_run);
            SupervisorLock.Take(_run, Configuration).Dispose();
            new SupervisorHolder(first.Id, Configuration, "0.1.0", start).Write(_run);
        }
        finally
        {
            first.Kill();
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        SupervisorLock.Take(_run, Configuration).Dispose();
    }

    [Fact]
    public void A_pid_file_that_says_nothing_names_nobody()
    {
        using var first = SupervisorLock.Take(_run, Configuration);
        File.WriteAllText(PidPath, "?");
        Assert.Null(SupervisorLock.ReadHolder(_run));
        var fault = Assert.Throws<SupervisorException>(() => SupervisorLock.Take(_run, Configuration));
        Assert.Contains(Configuration, fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Of_many_at_once_exactly_one_wins_while_others_look()
    {
        for (var round = 0; round < 50; round++)
        {
            using var start = new Barrier(12);
            var tries = Enumerable.Range(0, 8).Select(_ => OnThread(() => Try(start))).ToList();
            var looks = Enumerable.Range(0, 4).Select(_ => OnThread(() => Look(start))).ToList();
            var winners = (await Task.WhenAll(tries).WaitAsync(TestContext.Current.CancellationToken)).OfType<SupervisorLock>().ToList();
            await Task.WhenAll(looks);
            Assert.Single(winners).Dispose();
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task Looking_keeps_no_supervisor_from_its_start()
    {
        var isOver = false;
        var looks = Enumerable.Range(0, 2).Select(_ => OnThread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                SupervisorLock.IsHeld(_run);
            }

            return true;
        })).ToList();
        try
        {
            for (var i = 0; i < 1000 && !TestContext.Current.CancellationToken.IsCancellationRequested; i++)
            {
                SupervisorLock.Take(_run, Configuration).Dispose();
            }
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            await Task.WhenAll(looks);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_process_that_is_killed_lets_go()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/flock"), "Needs flock(1).");
        var cancellationToken = TestContext.Current.CancellationToken;
        using var holder = Process.Start(new ProcessStartInfo("/usr/bin/flock", ["--exclusive", "--no-fork", LockPath, "/bin/sh", "-c", "echo held; read _"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync(cancellationToken));
        Assert.True(SupervisorLock.IsHeld(_run));
        Assert.Equal(ExitCode.SupervisorRuns, Assert.Throws<SupervisorException>(() => SupervisorLock.Take(_run, Configuration)).ExitCode);

        holder.Kill();
        await holder.WaitForExitAsync(cancellationToken);

        SupervisorLock.Take(_run, Configuration).Dispose();
    }

    [Fact]
    public void A_lock_whose_file_is_only_touched_is_still_held()
    {
        using var held = SupervisorLock.Take(_run, Configuration);
        File.SetLastWriteTimeUtc(LockPath, DateTime.UnixEpoch);
        Assert.Equal(LockCheck.Held, held.Check());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_lock_that_was_removed_is_taken_anew(bool withItsFolder)
    {
        using var held = SupervisorLock.Take(_run, Configuration);
        if (withItsFolder)
        {
            Directory.Delete(_run, recursive: true);
        }
        else
        {
            File.Delete(LockPath);
        }

        Assert.Equal(LockCheck.TakenAnew, held.Check());
        Assert.Equal(LockCheck.Held, held.Check());
        Assert.Throws<SupervisorException>(() => SupervisorLock.Take(_run, Configuration));
        Assert.Equal(Environment.ProcessId, SupervisorLock.ReadHolder(_run)?.Pid);
    }

    [Fact]
    public void A_lock_that_another_has_taken_meanwhile_is_lost()
    {
        using var held = SupervisorLock.Take(_run, Configuration);
        File.Delete(LockPath);
        using (var other = SupervisorLock.Take(_run, "/other.json"))
        {
            Assert.Equal(LockCheck.Lost, held.Check());
        }

        Assert.Equal(LockCheck.TakenAnew, held.Check());
    }

    [Fact]
    public void A_run_directory_that_is_none_is_told()
    {
        var fault = Assert.Throws<SupervisorException>(() => SupervisorLock.Take(Path.Combine(_root, "missing"), Configuration));
        Assert.Equal(ExitCode.Failure, fault.ExitCode);
        Assert.Contains("runDirectory", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static Task<T> OnThread<T>(Func<T> action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private SupervisorLock? Try(Barrier start)
    {
        start.SignalAndWait();
        try
        {
            return SupervisorLock.Take(_run, Configuration);
        }
        catch (SupervisorException e) when (e.ExitCode == ExitCode.SupervisorRuns)
        {
            return null;
        }
    }

    private bool Look(Barrier start)
    {
        start.SignalAndWait();
        return SupervisorLock.IsHeld(_run);
    }
}
