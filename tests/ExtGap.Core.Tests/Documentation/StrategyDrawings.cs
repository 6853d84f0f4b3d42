using ExtGap.Tests;

namespace ExtGap.Core.Tests.Documentation;

/// <summary>
/// The drawings of docs/strategy.md show what the engine finds. After a wanted change, EXTGAP_APPROVE=1 draws them anew; they are for the
/// reviewer to look at.
/// </summary>
public sealed class StrategyDrawings
{
    [Theory]
    [InlineData("gap")]
    [InlineData("algorithms")]
    [InlineData("example")]
    public void Each_drawing_shows_what_the_engine_finds(string name)
    {
        var drawing = name switch
        {
            "gap" => Drawings.Gap(),
            "algorithms" => Drawings.Algorithms(),
            _ => Drawings.Example(),
        };
        var path = Path.Combine(Repository.Root, "docs", "images", $"{name}.svg");
        if (Environment.GetEnvironmentVariable("EXTGAP_APPROVE") == "1")
        {
            File.WriteAllText(path, drawing.ToString());
        }

        Assert.True(File.Exists(path), $"{path} is missing: run with EXTGAP_APPROVE=1 and look at it.");
        ExpectedFile.AssertSame(path, drawing.ToString());
    }
}
