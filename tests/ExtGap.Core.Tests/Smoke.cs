using Xunit;

namespace ExtGap.Core.Tests;

public sealed class Smoke
{
    [Fact]
    public void It_runs() => Assert.NotEmpty(AppContext.BaseDirectory);
}
