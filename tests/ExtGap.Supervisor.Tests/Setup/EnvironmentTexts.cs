using ExtGap.Shared;
using ExtGap.Supervisor.Setup;
using ExtGap.Supervisor.Tests.Configuration;

namespace ExtGap.Supervisor.Tests.Setup;

public sealed class EnvironmentTexts : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    [Theory]
    [InlineData(null, EnvironmentText.Header + "A=1\nB=2\n")]
    [InlineData("", "A=1\nB=2\n")]
    [InlineData("# mine\nC=3\n", "# mine\nC=3\nA=1\nB=2\n")]
    [InlineData("C=3", "C=3\nA=1\nB=2\n")]
    [InlineData("B = old # why\n#A=x\nexport A=\"old\"\n\nC=3\n", "B=2\n#A=x\nA=1\n\nC=3\n")]
    [InlineData("A=old\nC=3\nA=older\n", "A=1\nC=3\nB=2\n")]
    [InlineData("A='old\nA=no\nend'\nC=\"3\nB=no\"\n", "A=1\nC=\"3\nB=no\"\nB=2\n")]
    [InlineData("\uFEFFA=old\r\nC=3\r\n", "A=1\nC=3\nB=2\n")]
    public void Variables_are_set_where_they_were_and_else_at_the_end(string? present, string expected)
    {
        var text = EnvironmentText.With(present, [("A", "1"), ("B", "2")]);

        Assert.Equal(expected.ReplaceLineEndings("\n"), text);
        var read = EnvFileReader.Read(_folder.Write(".env", text));
        Assert.Equal(("1", "2"), (read["A"], read["B"]));
    }

    public void Dispose() => _folder.Dispose();
}
