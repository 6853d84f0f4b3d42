using System.Runtime.CompilerServices;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Tests.Support;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExtGap.Bot.Tests.Ledger;

public sealed class OutboxTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Mail _mail;

    public OutboxTests() => _mail = new(_folder);

    [Fact]
    public void Messages_come_in_order_and_whole_and_no_more_than_asked_for()
    {
        using var outbox = _mail.Open("1");
        _mail.Put("x 1", "gap 2", "entry 3");
        var messages = outbox.Waiting("1", 10);

        Assert.Equal(["x 1", "gap 2", "entry 3"], messages.Select(message => message.Text.Html));
        Assert.Equal(new OutboxText(new(1000), "gap 2", "gap 2", IsGap: true), messages[1].Text);
        Assert.Equal(new OutboxText(new(2000), "entry 3", "entry 3", IsGap: false), messages[2].Text);
        Assert.Null(messages[0].Text.Line);
        Assert.Equal(messages[..2], outbox.Waiting("1", 2));
    }

    [Fact]
    public void A_message_leaves_the_ledger_when_every_chat_has_it_and_not_before()
    {
        using var outbox = _mail.Open("1", "2");
        _mail.Put("x 1", "x 2");
        var last = outbox.Waiting("1", 10)[^1].Id;
        outbox.Delivered("1", last);

        Assert.Equal((2, 2), (outbox.CountWaiting(), Stored()));
        Assert.Empty(outbox.Waiting("1", 10));
        Assert.Equal(["x 1", "x 2"], Mail.Waiting(outbox, "2"));

        outbox.Delivered("2", outbox.Waiting("2", 1)[0].Id);
        Assert.Equal((1, 1), (outbox.CountWaiting(), Stored()));
        outbox.Delivered("2", last);
        Assert.Equal((0, 0), (outbox.CountWaiting(), Stored()));
    }

    [Fact]
    public void No_statement_is_compiled_again_for_another_message()
    {
        using var outbox = _mail.Open("1");
        using var connection = OutboxConnection.Open(_mail.Path);
        var compiled = 0;
        raw.sqlite3_set_authorizer(ConnectionOf(connection).Handle, Count, null);
        int Count(object data, int action, utf8z first, utf8z second, utf8z database, utf8z trigger)
        {
            compiled++;
            return 0;
        }

        for (var i = 1; i <= 5; i++)
        {
            _mail.Put($"x {i}");
            connection.Deliver("1", connection.ReadWaiting("1", limit: i)[0].Id);
            connection.ReadBacklog("1");

            // All were once, by the authorizer's coming.
            Assert.True(i == 1 ? compiled > 0 : compiled == 0, $"{i}: {compiled}");
            compiled = 0;
        }
    }

    [Fact]
    public void What_was_delivered_never_comes_back_by_an_older_number()
    {
        using var outbox = _mail.Open("1", "2");
        _mail.Put("x 1", "x 2");
        var ids = outbox.Waiting("1", 10).ConvertAll(message => message.Id);
        outbox.Delivered("1", ids[1]);
        outbox.Delivered("1", ids[0]);

        Assert.Empty(outbox.Waiting("1", 10));
    }

    [Fact]
    public void A_chat_that_is_added_later_gets_only_what_comes_later_even_where_all_before_it_is_gone()
    {
        foreach (var isGone in new[] { false, true })
        {
            using var mail = new Mail(_folder, isGone ? "GONEUSDT" : "KEPTUSDT");
            mail.Put("x 1", "x 2");
            using (var before = mail.Open("1"))
            {
                mail.Put("x 3");
                if (isGone)
                {
                    before.Delivered("1", before.Waiting("1", 10)[^1].Id);
                }
            }

            using var outbox = mail.Open("1", "2");
            mail.Put("x 4");

            Assert.Equal(["x 4"], Mail.Waiting(outbox, "2"));
            Assert.Equal(isGone ? ["x 4"] : ["x 3", "x 4"], Mail.Waiting(outbox, "1"));
        }
    }

    [Fact]
    public void A_chat_that_was_removed_does_not_keep_messages_and_begins_anew_when_it_is_back()
    {
        using (var before = _mail.Open("1", "2"))
        {
            _mail.Put("x 1");
            before.Delivered("1", before.Waiting("1", 10)[^1].Id);
            Assert.Equal(1, Stored());
        }

        using (var without = _mail.Open("1"))
        {
            Assert.Equal(0, without.CountWaiting());
            _mail.Put("x 2");
            without.Delivered("1", without.Waiting("1", 10)[^1].Id);
            Assert.Equal(0, Stored());
        }

        using var outbox = _mail.Open("1", "2");
        Assert.Empty(outbox.Waiting("2", 10));
    }

    [Fact]
    public void No_number_is_used_twice_though_all_messages_are_gone_and_the_bot_was_restarted()
    {
        var last = 0L;
        for (var i = 0; i < 5; i++)
        {
            using var outbox = _mail.Open("1");
            _mail.Put("x", "x");
            var ids = outbox.Waiting("1", 10).ConvertAll(message => message.Id);
            Assert.Equal(2, ids.Count);
            Assert.True(ids[0] > last);
            last = ids[1];
            outbox.Delivered("1", last);
            Assert.Equal(0, Stored());
        }
    }

    [Fact]
    public void Where_a_group_has_moved_to_is_kept_for_as_long_as_the_chat_is()
    {
        using (var before = _mail.Open("-1", "-2"))
        {
            before.Moved("-1", "-100");
        }

        using (var outbox = _mail.Open("-1", "-2"))
        {
            Assert.Equal(("-100", null), (outbox.MovedTo("-1"), outbox.MovedTo("-2")));
        }

        _mail.Open("-2").Dispose();
        using var after = _mail.Open("-1");
        Assert.Null(after.MovedTo("-1"));
    }

    [Fact]
    public void What_waits_for_a_group_that_has_moved_waits_for_its_new_number_when_that_is_configured()
    {
        using (var before = _mail.Open("-1", "7"))
        {
            _mail.Put("x 1", "x 2", "x 3", "x 4");
            before.Delivered("-1", before.Waiting("-1", 1)[0].Id);
            before.Moved("-1", "-100");
        }

        using (var outbox = _mail.Open("-100", "7"))
        {
            Assert.Equal(["x 2", "x 3", "x 4"], Mail.Waiting(outbox, "-100"));
            Assert.Equal(4, outbox.CountWaiting());
            Assert.Null(outbox.MovedTo("-100"));
        }

        using var again = _mail.Open("-100", "7");
        Assert.Equal(["x 2", "x 3", "x 4"], Mail.Waiting(again, "-100"));
    }

    [Fact]
    public void A_new_number_that_was_configured_beside_the_old_one_keeps_its_own_place()
    {
        using (var before = _mail.Open("-1", "-100"))
        {
            _mail.Put("x 1", "x 2");
            before.Delivered("-100", before.Waiting("-100", 1)[0].Id);
            before.Moved("-1", "-100");
        }

        using var outbox = _mail.Open("-100");
        Assert.Equal(["x 2"], Mail.Waiting(outbox, "-100"));
        Assert.Equal(1, outbox.CountWaiting());
    }

    [Fact]
    public void However_many_ledgers_share_connections_few_are_open_and_each_message_is_found()
    {
        using var connections = new OutboxConnections();
        var mails = Enumerable.Range(0, 3 * OutboxConnections.MaxOpen).Select(i => new Mail(_folder, $"S{i}USDT")).ToList();
        var outboxes = mails.ConvertAll(mail => mail.Open(connections, "1"));
        mails.ForEach(mail => mail.Put("x 1", "x 2"));
        foreach (var outbox in outboxes)
        {
            outbox.Delivered("1", outbox.Waiting("1", 1)[0].Id);
            Assert.InRange(connections.OpenCount, 1, OutboxConnections.MaxOpen);
        }

        Assert.All(outboxes, outbox => Assert.Equal(["x 2"], Mail.Waiting(outbox, "1")));
        Assert.All(outboxes, outbox => Assert.Equal(1, outbox.CountWaiting()));
        mails.ForEach(mail => mail.Dispose());
    }

    [Fact]
    public void What_waits_is_known_without_the_ledger()
    {
        using var connections = new OutboxConnections();
        var outbox = _mail.Open(connections, "1", "2");
        connections.Dispose();
        _mail.Put("x 1", "x 2");

        Assert.Equal((2, new(0), new(0)), (outbox.CountWaiting(), outbox.OldestFor("1"), outbox.OldestFor("2")));
        Assert.Equal(0, connections.OpenCount);
    }

    [Fact]
    public void A_message_that_is_read_before_it_is_told_of_counts_once()
    {
        using var outbox = _mail.Open("1", "2");
        _mail.Put("x 1");
        var first = outbox.Waiting("1", 1)[0].Id;
        _mail.Put("x 2");
        outbox.Delivered("1", first); // Reads what waits for this chat, the second message too.

        Assert.Equal(2, outbox.CountWaiting());
        outbox.Delivered("2", first);
        Assert.Equal(1, outbox.CountWaiting());
        outbox.Delivered("1", first + 1);
        Assert.Equal((1, null, new(1000)), (outbox.CountWaiting(), outbox.OldestFor("1"), outbox.OldestFor("2")));
    }

    [Fact]
    public void A_ledger_that_is_gone_is_not_made_anew_by_the_delivery()
    {
        Assert.Throws<SqliteException>(() => OutboxConnection.Open(_folder["gone.db"]));
        Assert.False(File.Exists(_folder["gone.db"]));
    }

    [Fact]
    public void A_connection_keeps_few_pages_of_a_ledger_in_memory()
    {
        using var connection = LedgerConnection.Open(_mail.Path);

        Assert.Equal(LedgerConnection.CachedPages, connection.ReadInt64("PRAGMA cache_size"));
    }

    public void Dispose()
    {
        _mail.Dispose();
        _folder.Dispose();
    }

    private long Stored()
    {
        using var connection = LedgerConnection.OpenToRead(_mail.Path);
        return connection.ReadInt64("SELECT COUNT(*) FROM messages");
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_connection")]
    private static extern ref SqliteConnection ConnectionOf(OutboxConnection connection);
}
