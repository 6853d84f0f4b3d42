using System.Text;
using ExtGap.Supervisor.Configuration;
using FsCheck;
using FsCheck.Xunit;

namespace ExtGap.Supervisor.Tests.Configuration;

public sealed class DamagedConfigurationTests : IDisposable
{
    private const string Valid = """
        {
          "$schema": "./supervisor.schema.json", // for editors
          "defaults": { "restart": { "policy": "on-failure", "initialDelay": "500ms", "maxRetries": null }, "environment": { "A": "b" } },
          "runDirectory": "run",
          "programs": {
            "3m": { "bot": { "symbol": ["BTCUSDT", "ETHUSDT"], "timeframe": "3m", "notional": 1000.0, "maxHold": "24h" }, "logs": { "maxSize": "10MB" } },
            "backup": { "command": "./b", "arguments": ["-v"], "directory": "x", "maxMemory": 200000000, "stop": { "signal": "SIGINT", "timeout": 5 }, "autoStart": false }
          }
        }
        """;

    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\ud800", "\\u0000", "\0", "null", "true", "-1", "1e999", "99999999999999999999999999999999", "\"\"", "{}", "[]", "\"A\":", "//", "/*", "\n", "\uFEFF", "é", "\"999999999d\"", "\"999999999999TiB\"", "\"bot\":{},", "\"~\"",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff], [0xc3], [0xed, 0xa0, 0x80],
    ];

    private readonly ConfigurationFolder _folder = new();

    [Fact]
    public void The_file_that_is_damaged_here_is_valid() => Assert.Equal(2, _folder.Load(Valid).Programs.Count);

    [Property(MaxTest = 4000)]
    public void A_damaged_file_is_read_or_has_faults_with_words_and_lines_that_it_has(DoNotSize<int> seed)
    {
        var bytes = Damage(new(seed.Item));
        if (FaultsOf(bytes) is { } e)
        {
            var lines = bytes.Count(b => b == '\n') + 1;
            Assert.NotEmpty(e.Faults);
            Assert.All(e.Faults, fault => Assert.True(fault.Message.Length > 0 && fault.Line >= 0 && fault.Line <= lines, fault.ToString()));
            Assert.Equal(e.Faults.Count, e.Message.Split('\n').Length);
        }
    }

    [Fact]
    public void The_damage_leaves_some_files_valid_some_JSON_and_some_neither()
    {
        var results = Enumerable.Range(0, 1000).Select(seed => FaultsOf(Damage(new(seed)))).ToList();
        Assert.InRange(results.Count(result => result is null), 20, 500);
        Assert.InRange(results.Count(result => result?.Faults[0].Path.Length > 0), 50, 500);
        Assert.InRange(results.Count(result => result?.Faults[0].Path.Length == 0), 100, 900);
    }

    [Fact]
    public void A_file_cut_off_anywhere_within_is_no_JSON()
    {
        var bytes = Encoding.UTF8.GetBytes(Valid);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(_folder.File, bytes[..length]);
            Assert.Single(Assert.Throws<ConfigurationException>(() => SupervisorFile.Load(_folder.File)).Faults);
        }
    }

    public void Dispose() => _folder.Dispose();

    private ConfigurationException? FaultsOf(byte[] bytes)
    {
        File.WriteAllBytes(_folder.File, bytes);
        try
        {
            Assert.NotEmpty(SupervisorFile.Load(_folder.File).Programs);
            return null;
        }
        catch (ConfigurationException e)
        {
            return e;
        }
    }

    private static byte[] Damage(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Valid).ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            var length = random.Next(Math.Min(25, bytes.Count - at));
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 4:
                    ReplaceValue(bytes, at, Pieces[random.Next(Pieces.Length)]);
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. bytes];
    }

    // Most other damage is no JSON at all; this reaches the readers of values.
    private static void ReplaceValue(List<byte> bytes, int at, byte[] piece)
    {
        var start = bytes.FindIndex(at, b => b == ':');
        var end = start < 0 ? -1 : bytes.FindIndex(start, b => b is (byte)',' or (byte)'}' or (byte)']');
        if (end > 0)
        {
            bytes.RemoveRange(start + 1, end - start - 1);
            bytes.InsertRange(start + 1, piece);
        }
    }
}
