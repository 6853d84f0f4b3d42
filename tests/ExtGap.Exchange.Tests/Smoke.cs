using Xunit;

namespace ExtGap.Exchange.Tests;

public sealed class Smoke
{
    [Fact]
    public void It_runs() => Assert.NotEmpty(AppContext.BaseDirectory);
}
