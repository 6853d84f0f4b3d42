using ExtGap.Supervisor.ServiceManagement;

namespace ExtGap.Supervisor.Tests.ServiceManagement;

/// <summary>What a service manager's environment says.</summary>
public sealed class ServiceSurroundings
{
    [Theory]
    [InlineData("60000000", null, 60.0)]
    [InlineData("60000000", "77", 60.0)]
    [InlineData("60000000", "", 60.0)]
    [InlineData("60000000", "78", null)]
    [InlineData(null, "77", null)]
    [InlineData("0", null, null)]
    [InlineData("-5", null, null)]
    [InlineData("soon", null, null)]
    [InlineData("1", null, 0.02)]
    [InlineData("9223372036854775807", null, 86400.0)]
    public void The_watchdog_is_the_managers_if_it_is_meant_for_this_process(string? microseconds, string? pid, double? seconds)
    {
        var settings = Read(("NOTIFY_SOCKET", "/run/systemd/notify"), ("WATCHDOG_USEC", microseconds), ("WATCHDOG_PID", pid));

        Assert.Equal(seconds, settings.Watchdog?.TotalSeconds);
        Assert.Equal("/run/systemd/notify", settings.NotifySocket);
    }

    [Fact]
    public void Without_a_manager_there_is_nothing()
    {
        Assert.Equal(new(null, null), Read());
        Assert.Null(Read(("NOTIFY_SOCKET", "")).NotifySocket);
    }

    private static ServiceSettings Read(params (string Name, string? Value)[] variables) =>
        ServiceSettings.Read(name => variables.FirstOrDefault(variable => variable.Name == name).Value, 77);
}
