using System.Net;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Demo;

namespace ExtGap.Supervisor.Tests.Demo;

public sealed class DemoConfigurations : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("extgap");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void It_is_valid_and_its_bots_take_nothing_from_the_environment()
    {
        var options = Load(new() { Folder = _folder.FullName }, "TELEGRAM_BOT_TOKEN", "EXTGAP_SINCE", "EXTGAP_LIFELINE", "PATH");

        Assert.Equal(["exchange", "3m", "15m", "1h"], options.Programs.Select(program => program.Name));
        Assert.All(options.Programs.Where(program => program.IsBot), program => Assert.Equal(["EXTGAP_SINCE", "TELEGRAM_BOT_TOKEN"], program.Environment.Keys.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("/k/AVAXUSDT-1m-2023-02.csv", "AVAXUSDT")]
    [InlineData("/k/\"a b\"/ethusdt.zip", "ETHUSDT")]
    public void A_kline_files_symbol_is_the_first_part_of_its_name(string path, string symbol)
    {
        var options = Load(new() { Folder = _folder.FullName, Klines = path, Speed = "max" });

        var exchange = Assert.IsType<ProgramCommand.Executable>(options.Programs[0].Command);
        Assert.Contains($"{path}={symbol}", exchange.Arguments);
        Assert.Equal(symbol, Assert.IsType<ProgramCommand.Bot>(options.Programs[1].Command).Options["symbol"]);
    }

    private SupervisorOptions Load(DemoOptions options, params string[] inherited)
    {
        var path = Path.Combine(_folder.FullName, "supervisor.json");
        File.WriteAllText(path, DemoConfiguration.Write(options, "/usr/bin/extgap-exchange", new IPEndPoint(IPAddress.Loopback, 9090), inherited));
        return SupervisorFile.Load(path);
    }
}
