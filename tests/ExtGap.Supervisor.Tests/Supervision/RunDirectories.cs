using System.Net.Sockets;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Tests.Running.Support;
using ExtGap.Supervisor.Tests.Supervision.Support;

namespace ExtGap.Supervisor.Tests.Supervision;

/// <summary>Somebody meddles with the run directory of a supervisor at work: within 6 s the verbs work again, and no program notices.</summary>
public sealed class RunDirectories
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    [Theory(Timeout = Repeated.Timeout)]
    [InlineData("socket")]
    [InlineData("stolen")]
    [InlineData("lock")]
    [InlineData("directory")]
    public Task What_was_taken_away_is_there_again(string what) => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.ReadyBot("bot", """ "watchdog": "3s" """), Entry.Shell("one", "exec sleep 1000"));
        await supervisor.AllRunAsync();
        var before = (await supervisor.StatusAsync()).Programs.Select(program => program.Pid).ToList();

        using var thief = Take(what, supervisor);
        await supervisor.UntilAsync(() => IsMended(what, supervisor), "it is there again", Limit);

        Assert.Equal(before, (await supervisor.StatusAsync()).Programs.Select(program => program.Pid));
        Assert.Equal(ExitCode.SupervisorRuns, (await supervisor.VerbAsync("supervise")).Code);
        Assert.All((await supervisor.StatusAsync()).Programs, program => Assert.Equal(("RUNNING", 0), (program.State, program.Restarts)));
        var stop = await supervisor.VerbAsync("stop-all");
        Assert.True(stop.Code == 0, stop.Text);
        Assert.Equal(0, await supervisor.EndsAsync());
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_verb_waits_for_a_socket_that_is_about_to_come_back() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Shell("one", "exec sleep 1000"));
        await supervisor.AllRunAsync();

        File.Delete(supervisor.Socket);
        var status = await supervisor.VerbAsync("status");

        Assert.True(status.Code == 0, status.Text);
        Assert.True(status.Elapsed < Limit, $"It took {status.Elapsed}.");
    }, TestContext.Current.CancellationToken);

    private static Socket? Take(string what, RealSupervisor supervisor)
    {
        switch (what)
        {
            case "socket":
                File.Delete(supervisor.Socket);
                return null;
            case "stolen":
                File.Delete(supervisor.Socket);
                var thief = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                thief.Bind(new UnixDomainSocketEndPoint(supervisor.Socket));
                thief.Listen();
                File.WriteAllText(Path.Combine(supervisor.Folder, "stolen"), File.GetLastWriteTimeUtc(supervisor.Socket).Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture));
                return thief;
            case "lock":
                File.Delete(Path.Combine(supervisor.RunDirectory, "extgap.lock"));
                return null;
            default:
                Directory.Delete(supervisor.RunDirectory, recursive: true);
                return null;
        }
    }

    private static bool IsMended(string what, RealSupervisor supervisor) => what switch
    {
        "stolen" => File.Exists(supervisor.Socket) && File.GetLastWriteTimeUtc(supervisor.Socket).Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture) != supervisor.TextOf("stolen"),
        "lock" => SupervisorLock.IsHeld(supervisor.RunDirectory),
        "socket" => File.Exists(supervisor.Socket),
        _ => File.Exists(supervisor.Socket) && SupervisorLock.IsHeld(supervisor.RunDirectory) && SupervisorHolder.Read(supervisor.RunDirectory) is not null,
    };
}
