using System.Text;
using ExtGap.Core.Market;

namespace ExtGap.Core.Tests.Market;

public sealed class InstantTests
{
    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000+00:00")]
    [InlineData(1_762_887_119_999, "2025-11-11T18:51:59.999+00:00")]
    [InlineData(1_709_164_800_000, "2024-02-29T00:00:00.000+00:00")]
    [InlineData(253_402_300_799_999, "9999-12-31T23:59:59.999+00:00")]
    public void An_instant_is_written_as_the_csv_files_have_it(long milliseconds, string text)
    {
        var instant = new Instant(milliseconds);
        var bytes = new byte[Instant.TextLength];

        Assert.Equal(text, instant.ToString());
        Assert.True(instant.TryFormat(bytes, out var written));
        Assert.Equal(text, Encoding.UTF8.GetString(bytes, 0, written));
        Assert.False(instant.TryFormat(bytes.AsSpan(1), out _));
        Assert.Equal(instant, Instant.From(instant.ToDateTimeOffset()));
    }

    [Fact]
    public void Every_day_that_the_calendar_has_is_written_as_the_calendar_writes_it()
    {
        var bytes = new byte[Instant.TextLength];
        for (var day = 0L; day <= Instant.Max.UnixMilliseconds / 86_400_000; day++)
        {
            // Another time of day each time.
            var instant = new Instant((day * 86_400_000) + (day * 7_654_321 % 86_400_000));
            Assert.True(instant.TryFormat(bytes, out var written));
            if (Encoding.UTF8.GetString(bytes, 0, written) != instant.ToString())
            {
                Assert.Equal(instant.ToString(), Encoding.UTF8.GetString(bytes, 0, written));
            }
        }
    }

    [Fact]
    public void An_instant_before_1970_is_written_too()
    {
        var bytes = new byte[Instant.TextLength];
        Assert.True(new Instant(-1).TryFormat(bytes, out var written));
        Assert.Equal("1969-12-31T23:59:59.999+00:00", Encoding.UTF8.GetString(bytes, 0, written));
    }

    [Fact]
    public void Another_offset_is_the_same_instant_and_less_than_a_millisecond_is_cut_off()
    {
        var time = new DateTimeOffset(2025, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)).AddTicks(9_999);

        Assert.Equal(new Instant(1_735_689_600_000), Instant.From(time));
    }

    [Fact]
    public void Instants_and_spans_add_up()
    {
        var (early, late) = (new Instant(1000), new Instant(61_000));

        Assert.Equal(TimeSpan.FromMinutes(1), late - early);
        Assert.Equal(TimeSpan.FromMinutes(-1), early - late);
        Assert.Equal(late, early + TimeSpan.FromMinutes(1));
        Assert.Equal(early, late - TimeSpan.FromMinutes(1));
        Assert.Equal(early, early + TimeSpan.FromTicks(9_999));
        Assert.True(early < late && late > early && early <= late && late >= early && early.CompareTo(late) < 0);
        Assert.False(late < early || early > late || late <= early || early >= late);
    }

    [Fact]
    public void The_latest_instant_is_the_calendars() => Assert.Equal(Instant.Max, Instant.From(DateTimeOffset.MaxValue));
}
