using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Tests.Configuration;

public sealed class ProgramComparisonTests : IDisposable
{
    private const string Command = """ "command": "a", "arguments": ["x", "y"], "directory": "d", "environment": { "A": "1", "B": "2" } """;
    private const string Bot = """ "bot": { "timeframe": "3m", "notional": 1000 } """;

    private readonly ConfigurationFolder _folder = new();

    public static TheoryData<string, string> Changes => new()
    {
        { Command, Command.Replace("\"a\"", "\"b\"", StringComparison.Ordinal) },
        { Command, Command.Replace("\"x\", \"y\"", "\"y\", \"x\"", StringComparison.Ordinal) },
        { Command, Command.Replace(", \"y\"", "", StringComparison.Ordinal) },
        { Command, Command.Replace("\"d\"", "\"e\"", StringComparison.Ordinal) },
        { Command, Command.Replace("\"2\"", "\"3\"", StringComparison.Ordinal) },
        { Command, Command.Replace("\"B\"", "\"C\"", StringComparison.Ordinal) },
        { Command, Command.Replace(", \"B\": \"2\"", "", StringComparison.Ordinal) },
        { Command, Bot },
        { Bot, Bot.Replace("3m", "5m", StringComparison.Ordinal) },
        { Bot, Bot.Replace("1000", "1000.0", StringComparison.Ordinal) },
        { Bot, Bot.Replace("notional", "max-hold", StringComparison.Ordinal) },
        { Bot, Bot.Replace(", \"notional\": 1000", "", StringComparison.Ordinal) },
        { Bot, Bot + """, "environment": { "A": "" } """ },
        { Bot, Bot + """, "environmentFile": "x.env" """ },
        { Bot, Bot + """, "environmentFile": ".env" """ },
        { Bot, Bot + """, "autoStart": false """ },
        { Bot, Bot + """, "restart": { "policy": "never" } """ },
        { Bot, Bot + """, "restart": { "initialDelay": 2 } """ },
        { Bot, Bot + """, "restart": { "factor": 3 } """ },
        { Bot, Bot + """, "restart": { "maxDelay": 30 } """ },
        { Bot, Bot + """, "restart": { "jitter": 0 } """ },
        { Bot, Bot + """, "restart": { "resetAfter": 30 } """ },
        { Bot, Bot + """, "restart": { "maxRetries": 30 } """ },
        { Bot, Bot + """, "readyTimeout": 30 """ },
        { Bot, Bot + """, "startSeconds": 30 """ },
        { Bot, Bot + """, "stop": { "signal": "SIGINT" } """ },
        { Bot, Bot + """, "stop": { "timeout": 10 } """ },
        { Bot, Bot + """, "watchdog": 30 """ },
        { Bot, Bot + """, "maxMemory": "1GB" """ },
        { Bot, Bot + """, "alert": { "after": 30 } """ },
        { Bot, Bot + """, "alert": { "restarts": 30 } """ },
        { Bot, Bot + """, "alert": { "within": 30 } """ },
        { Bot, Bot + """, "logs": { "directory": "x" } """ },
        { Bot, Bot + """, "logs": { "maxSize": 2000 } """ },
        { Bot, Bot + """, "logs": { "backups": 4 } """ },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_of_any_key_is_noticed(string a, string b)
    {
        var (one, other) = (_folder.LoadProgram(a), _folder.LoadProgram(b));
        Assert.False(ProgramComparison.AreSame(one, other));
        Assert.False(ProgramComparison.AreSame(other, one));
    }

    [Theory]
    [InlineData(Command)]
    [InlineData(Bot)]
    public void A_program_that_is_read_again_is_the_same(string members) =>
        Assert.True(ProgramComparison.AreSame(_folder.LoadProgram(members), _folder.LoadProgram(members + """, "restart": { "maxDelay": "1m" } """)));

    [Fact]
    public void A_new_name_is_a_change()
    {
        var program = _folder.LoadProgram(Bot);
        Assert.False(ProgramComparison.AreSame(program, program with { Name = "b" }));
    }

    [Fact]
    public void No_other_property_is_a_collection_that_a_record_compares_by_reference() => Assert.Equal(
        [nameof(ProgramOptions.Environment)],
        new[] { typeof(ProgramOptions), typeof(RestartOptions), typeof(StopOptions), typeof(AlertOptions), typeof(LogOptions) }
            .SelectMany(type => type.GetProperties())
            .Where(property => property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(System.Collections.IEnumerable)))
            .Select(property => property.Name));

    public void Dispose() => _folder.Dispose();
}
