using ExtGap.Bot.Configuration;
using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Configuration;

public sealed class EnvFileTests : IDisposable
{
    private const string Secret = "123456:SECRET-TOKEN";

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("NAME=value", "value")]
    [InlineData("  NAME = value  ", "value")]
    [InlineData("export NAME=value", "value")]
    [InlineData("# a comment\n\n   # another\nNAME=value\n", "value")]
    [InlineData("NAME=value # a comment", "value")]
    [InlineData("NAME=\"two words\"", "two words")]
    [InlineData("NAME='two words'", "two words")]
    [InlineData("NAME=\"with # inside\"", "with # inside")]
    [InlineData("NAME=a=b=c", "a=b=c")]
    [InlineData("NAME=-1001234,-1005678", "-1001234,-1005678")]
    [InlineData("NAME=123456:AAF-x_y#z", "123456:AAF-x_y#z")]
    [InlineData("NAME=", "")]
    [InlineData("NAME=\"\"", "")]
    [InlineData("NAME=first\nNAME=second", "second")]
    [InlineData("NAME=value\r\nOTHER=x\r\n", "value")]
    [InlineData("\ufeffNAME=value", "value")]
    [InlineData("NAME=\"one\ntwo\"\nOTHER=x", "one\ntwo")]
    [InlineData("NAME=\"it's\"", "it's")]
    public void A_line_gives_its_value(string text, string expected)
    {
        var values = EnvFile.Read(_folder.Write("x.env", text));
        Assert.Equal(expected, values["NAME"].ReplaceLineEndings("\n"));
        Assert.True(!text.Contains("OTHER", StringComparison.Ordinal) || values["OTHER"] == "x");
    }

    [Fact]
    public void The_null_device_stands_for_no_variables()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no /dev/null.");
        Assert.Empty(EnvFile.Read("/dev/null"));
    }

    [Theory]
    [InlineData("GOOD=1\nTOKEN " + Secret, "line 2")]
    [InlineData("TOKEN: " + Secret, "line 1")]
    [InlineData(Secret, "line 1")]
    [InlineData("=" + Secret, "line 1")]
    [InlineData("1TOKEN=" + Secret, "line 1")]
    [InlineData("TO KEN=" + Secret, "line 1")]
    [InlineData("TOKEN=\"" + Secret + "\nOTHER=1", "never closed")]
    [InlineData("TOKEN='" + Secret, "never closed")]
    public void A_malformed_file_is_refused_with_the_line_and_without_a_value(string text, string expected)
    {
        var error = Assert.Throws<BotException>(() => EnvFile.Read(_folder.Write("x.env", text)));

        Assert.Equal(ExitCode.Configuration, error.ExitCode);
        Assert.Contains(_folder["x.env"], error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_file_that_is_missing_or_a_folder_is_refused()
    {
        Directory.CreateDirectory(_folder["folder"]);
        foreach (var name in new[] { "missing.env", "folder", "nowhere/x.env" })
        {
            var error = Assert.Throws<BotException>(() => EnvFile.Read(_folder[name]));
            Assert.Equal(ExitCode.Configuration, error.ExitCode);
            Assert.Contains(_folder[name], error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_of_any_bytes_is_read_or_refused_and_nothing_else()
    {
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            File.WriteAllBytes(_folder["x.env"], [.. "A=1\nB="u8, .. bytes.Select(b => i % 2 == 0 ? b : "AB='\"#=\n\r \\"u8[b % 11])]);
            try
            {
                EnvFile.Read(_folder["x.env"]);
            }
            catch (BotException e)
            {
                Assert.Equal(ExitCode.Configuration, e.ExitCode);
            }
        }
    }

    public void Dispose() => _folder.Dispose();
}
