using ExtGap.Supervisor.Lifecycle;

namespace ExtGap.Supervisor.Tests.Lifecycle;

/// <summary>
/// Every situation and every input. A cell is the phase that follows and the effects; <c>=</c> means that nothing at all changes, a bare name of
/// the phase that was that only its details do. STOPPING has beside it what comes after it: stay, again or recover.
/// </summary>
public sealed class TransitionTable
{
    private const string Wishes = """
        situation          | Start              | Stop                | Restart             | early Tick | due Tick               | due Overslept
        STOPPED            | STARTING spawn     | =                   | STARTING spawn      | =          | =                      | =
        STARTING unspawned | =                  | STOPPING/stay       | STOPPING/again      | =          | =                      | =
        STARTING           | =                  | STOPPING/stay stop  | STOPPING/again stop | =          | STOPPING/recover kill  | STARTING
        RUNNING            | =                  | STOPPING/stay stop  | STOPPING/again stop | =          | RUNNING                | RUNNING
        RUNNING suspected  | =                  | STOPPING/stay stop  | STOPPING/again stop | =          | STOPPING/recover abort | RUNNING
        BACKOFF            | STARTING spawn     | STOPPED             | STARTING spawn      | =          | STARTING spawn         | =
        STOPPING unspawned | STOPPING/again     | =                   | STOPPING/again      | =          | =                      | =
        STOPPING to stay   | STOPPING/again     | =                   | STOPPING/again      | =          | STOPPING/stay kill     | =
        STOPPING to again  | =                  | STOPPING/stay       | =                   | =          | STOPPING/again kill    | =
        STOPPING ended     | STOPPING/again     | STOPPING/stay       | STOPPING/again      | =          | STOPPING/recover kill  | =
        STOPPING unready   | STOPPING/again     | STOPPING/stay       | STOPPING/again      | =          | STOPPING/recover kill  | =
        STOPPING silent    | STOPPING/again     | STOPPING/stay       | STOPPING/again      | =          | STOPPING/recover kill  | =
        STOPPING bloated   | STOPPING/again     | STOPPING/stay       | STOPPING/again      | =          | STOPPING/recover kill  | =
        EXITED             | STARTING spawn     | STOPPED             | STARTING spawn      | =          | =                      | =
        FATAL              | STARTING spawn     | STOPPED             | STARTING spawn      | =          | =                      | =
        """;

    private const string Words = """
        situation          | Spawned               | SpawnFailed    | no executable  | Ready   | Alive   | too much memory       | Ended                 | Gone
        STOPPED            | =                     | =              | =              | =       | =       | =                     | =                     | =
        STARTING unspawned | STARTING              | BACKOFF        | FATAL          | RUNNING | =       | STOPPING/recover      | STOPPING/recover      | BACKOFF
        STARTING           | =                     | =              | =              | RUNNING | =       | STOPPING/recover stop | STOPPING/recover kill | BACKOFF
        RUNNING            | =                     | =              | =              | =       | RUNNING | STOPPING/recover stop | STOPPING/recover kill | BACKOFF
        RUNNING suspected  | =                     | =              | =              | =       | RUNNING | STOPPING/recover stop | STOPPING/recover kill | BACKOFF
        BACKOFF            | =                     | =              | =              | =       | =       | =                     | =                     | =
        STOPPING unspawned | STOPPING/stay stop    | STOPPED        | STOPPED        | =       | =       | =                     | STOPPING/stay         | STOPPED
        STOPPING to stay   | =                     | =              | =              | =       | =       | =                     | STOPPING/stay         | STOPPED
        STOPPING to again  | =                     | =              | =              | =       | =       | =                     | STOPPING/again        | STARTING spawn
        STOPPING ended     | =                     | =              | =              | =       | =       | =                     | STOPPING/recover      | BACKOFF
        STOPPING unready   | =                     | =              | =              | =       | =       | =                     | STOPPING/recover      | BACKOFF
        STOPPING silent    | =                     | =              | =              | =       | =       | =                     | STOPPING/recover      | BACKOFF
        STOPPING bloated   | =                     | =              | =              | =       | =       | =                     | STOPPING/recover      | BACKOFF
        EXITED             | =                     | =              | =              | =       | =       | =                     | =                     | =
        FATAL              | =                     | =              | =              | =       | =       | =                     | =                     | =
        """;

    // What another command, which does not speak sd_notify, has otherwise.
    private const string OtherCommands = """
        situation          | Ready   | Alive   | due Tick | due Overslept
        STARTING           | =       | =       | RUNNING  | =
        RUNNING            | =       | =       | =        | =
        """;

    public static TheoryData<string, string, string, bool> Cells =>
        [.. Read(Wishes, isBot: true), .. Read(Words, isBot: true), .. Read(OtherCommands, isBot: false)];

    [Theory]
    [MemberData(nameof(Cells))]
    public void An_input_leads_where_the_table_says(string situation, string input, string expected, bool isBot)
    {
        var before = Situations.Of(situation, isBot);

        var after = new ProgramMachine(Situations.Options(isBot)).Next(before, Situations.Input(input), Situations.TimeOf(input), 0.5);

        Assert.Equal(expected, Describe(before, after));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_word_of_another_run_changes_nothing_anywhere(int runs)
    {
        var machine = new ProgramMachine(Situations.Options(isBot: true));
        foreach (var state in Situations.Names.Select(name => Situations.Of(name, isBot: true)))
        {
            foreach (var word in Situations.WordsOf(Situations.Run + runs))
            {
                var after = machine.Next(state, word, Situations.Deadline, 0.5);
                Assert.Same(state, after.State);
                Assert.Empty(after.Effects);
            }
        }
    }

    [Fact]
    public void The_table_has_every_situation_and_every_input()
    {
        Assert.Equal(Situations.Names.Order(), Cells.Select(cell => cell.Data.Item1).Distinct().Order());
        Assert.Equal(Situations.InputNames.Order(), Cells.Select(cell => cell.Data.Item2).Distinct().Order());
        Assert.Equal(Enum.GetValues<ProgramPhase>().Order(), Situations.Names.Select(name => Situations.Of(name, isBot: true).Phase).Distinct().Order());
        Assert.Equal(Enum.GetValues<StopCause>().Length, Situations.Names.Select(name => Situations.Of(name, isBot: true).Cause).OfType<StopCause>().Distinct().Count());
        Assert.Equal(Situations.Names.Count * Situations.InputNames.Count, Cells.Count(cell => cell.Data.Item4));
    }

    private static string Describe(ProgramState before, ProgramMachine.Step after)
    {
        if (after.State == before && after.Effects.Count == 0)
        {
            return "=";
        }

        var phase = after.State.Phase.ToString().ToUpperInvariant();
        var next = after.State.After switch { AfterStop.StartAgain => "/again", AfterStop.Recover => "/recover", _ => "/stay" };
        Assert.All(after.Effects, effect => Assert.Equal(after.State.Run, effect switch { ProgramEffect.Spawn spawn => spawn.Run, ProgramEffect.Signal signal => signal.Run, _ => -1 }));
        return string.Join(' ', [after.State.Phase == ProgramPhase.Stopping ? phase + next : phase, .. after.Effects.Select(Name)]);
    }

    private static string Name(ProgramEffect effect) => effect is ProgramEffect.Signal signal ? signal.Kind.ToString().ToLowerInvariant() : "spawn";

    private static IEnumerable<TheoryDataRow<string, string, string, bool>> Read(string table, bool isBot)
    {
        var rows = table.Split('\n').Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToList();
        return from row in rows.Skip(1)
               from column in Enumerable.Range(1, row.Length - 1)
               select new TheoryDataRow<string, string, string, bool>(row[0], rows[0][column], row[column], isBot);
    }
}
