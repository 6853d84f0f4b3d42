using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Tests.Configuration;

public sealed class EnvironmentFileTests : IDisposable
{
    private const string Secret = "123456:SECRET-TOKEN";

    private readonly ConfigurationFolder _folder = new();

    [Fact]
    public void Its_lines_are_read_afresh_each_time()
    {
        var path = _folder.Write("x.env", "# c\nexport A=\"one two\"\nB=2 # two");
        Assert.Equal([("A", "one two"), ("B", "2")], EnvironmentFile.Read(path, isNamed: true).Select(line => (line.Key, line.Value)));
        _folder.Write("x.env", "A=3");
        Assert.Equal([("A", "3")], EnvironmentFile.Read(path, isNamed: true).Select(line => (line.Key, line.Value)));
    }

    [Fact]
    public void A_file_that_nobody_named_may_be_missing() => Assert.Empty(EnvironmentFile.Read(_folder[".env"], isNamed: false));

    [Fact]
    public void A_named_file_that_is_missing_is_refused()
    {
        var error = Assert.Throws<SupervisorException>(() => EnvironmentFile.Read(_folder[".env"], isNamed: true));
        Assert.Equal(ExitCode.Configuration, error.ExitCode);
        Assert.Contains(_folder[".env"], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GOOD=1\nTOKEN " + Secret, "line 2")]
    [InlineData("TOKEN=\"" + Secret, "never closed")]
    [InlineData("TOKEN=" + Secret + "\0", "line 1 has a NUL")]
    [InlineData("\n\nTOKEN='" + Secret + "\nX\0'", "line 4 has a NUL")]
    public void A_malformed_file_is_refused_with_its_line_and_without_a_value(string text, string words)
    {
        var path = _folder.Write("x.env", text);
        var error = Assert.Throws<SupervisorException>(() => EnvironmentFile.Read(path, isNamed: false));
        Assert.Equal(ExitCode.Configuration, error.ExitCode);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_its_place_is_refused_and_not_passed_over()
    {
        Directory.CreateDirectory(_folder[".env"]);
        Assert.Throws<SupervisorException>(() => EnvironmentFile.Read(_folder[".env"], isNamed: false));
    }

    public void Dispose() => _folder.Dispose();
}
