using Xunit;

namespace ExtGap.EndToEnd.Tests;

public sealed class Smoke
{
    [Fact]
    public void It_runs() => Assert.NotEmpty(AppContext.BaseDirectory);
}
