using ExtGap.Bot.Ledger;
using ExtGap.Bot.Telegram;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Telegram;

public sealed class ParcelTests : IDisposable
{
    private static readonly MessageTexts Texts = MessageTexts.For(Language.English);

    private readonly TempFolder _folder = new();
    private readonly Mail _mail;
    private readonly Outbox _outbox;

    public ParcelTests()
    {
        _mail = new(_folder);
        _outbox = _mail.Open("1");
    }

    [Fact]
    public void Without_a_message_there_is_no_parcel() => Assert.Null(Parcel.Next([Mail.Source(_outbox)], "1", Texts));

    [Theory]
    [InlineData("gap gap gap", "1 1 1")]
    [InlineData("gap gap gap gap", "4")]
    [InlineData("gap entry gap entry x", "4 1")]
    [InlineData("gap x gap gap gap gap", "1 1 4")]
    [InlineData("x gap gap gap", "1 1 1 1")]
    [InlineData("gap gap x gap gap gap", "2 1 1 1 1")]
    [InlineData("x x x x x", "1 1 1 1 1")]
    public void Only_runs_of_messages_with_a_line_are_folded_and_only_while_more_than_three_wait(string messages, string parcels)
    {
        _mail.Put([.. messages.Split(' ').Select((kind, i) => $"{kind} {i}")]);

        Assert.Equal(parcels, string.Join(' ', Drain(_outbox).Select(parcel => parcel.Count)));
    }

    [Fact]
    public void A_folded_message_lists_each_in_order_and_says_whether_all_are_gaps()
    {
        _mail.Put("gap 1", "gap 2", "gap 3", "gap 4", "x", "gap 5", "entry 6", "gap 7");
        var parcels = Drain(_outbox);

        Assert.Contains("gap 1\ngap 2\ngap 3\ngap 4\n", parcels[0].Html, StringComparison.Ordinal);
        Assert.Contains("4 gaps", parcels[0].Html, StringComparison.Ordinal);
        Assert.Equal(["x", "gap 5", "entry 6", "gap 7"], parcels.Skip(1).Select(parcel => parcel.Html));
    }

    [Fact]
    public void However_many_wait_each_parcel_is_one_that_Telegram_takes_and_none_is_left_out()
    {
        var names = Mail.Names("gap", 500);
        _mail.Put([.. names.Select(name => name + new string('&', 100))]);
        var parcels = Drain(_outbox);

        Assert.All(parcels, parcel => Assert.InRange(parcel.Html.Length, 1, TelegramText.MaxLength));
        Assert.Equal(500, parcels.Sum(parcel => parcel.Count));
        var lines = parcels.SelectMany(parcel => parcel.Html.Split('\n')).Where(line => line.StartsWith("gap ", StringComparison.Ordinal));
        Assert.Equal(names, lines.Select(line => line[..line.IndexOf('&', StringComparison.Ordinal)]));
    }

    [Fact]
    public void Of_several_ledgers_the_oldest_message_comes_first()
    {
        using var other = new Mail(_folder, "OTHERUSDT");
        using var otherOutbox = other.Open("1");
        _mail.PutAt(1, "a 1");
        other.PutAt(2, "b 2");
        other.PutAt(4, "b 4");
        _mail.PutAt(3, "a 3");
        _mail.PutAt(4, "a 4");

        Assert.Equal(["a 1", "b 2", "a 3", "a 4", "b 4"], Drain(_outbox, otherOutbox).Select(parcel => parcel.Html));
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _mail.Dispose();
        _folder.Dispose();
    }

    private static List<(int Count, string Html)> Drain(params Outbox[] outboxes)
    {
        var sources = outboxes.Select(Mail.Source).ToList();
        var parcels = new List<(int, string)>();
        while (Parcel.Next(sources, "1", Texts) is { } parcel)
        {
            var count = parcel.Source.Outbox.Waiting("1", 1000).Count(message => message.Id <= parcel.LastId);
            parcel.Source.Outbox.Delivered("1", parcel.LastId);
            parcels.Add((count, parcel.Html));
        }

        return parcels;
    }
}
