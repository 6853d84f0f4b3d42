using System.Buffers;
using System.Text;
using ExtGap.Bot.Projections;
using ExtGap.Bot.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Bot.Tests.Projections;

public sealed class CsvProjectionTests : IDisposable
{
    private const string Name = "gaps.csv";

    private readonly TempFolder _folder = new();
    private readonly TestLog _log = new();
    private readonly FakeTimeProvider _time = new(new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));
    private readonly List<string> _rows = ["header\n", "one,1\n", "two,2\n", "three,3\n"];

    private string Ledger => string.Concat(_rows);

    private string[] Kept => [.. _folder.Names.Where(name => name.Contains(".kept-", StringComparison.Ordinal))];

    [Fact]
    public void A_file_that_is_missing_is_made()
    {
        Projection().Synchronize();

        Assert.Equal(Ledger, _folder.Read(Name));
        Assert.Equal([Name], _folder.Names, StringComparer.Ordinal);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void A_file_that_is_right_is_left_alone()
    {
        _folder.Write(Name, Ledger);
        var written = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder[Name], written);
        Projection().Synchronize();

        Assert.Equal(written, File.GetLastWriteTimeUtc(_folder[Name]));
        Assert.Equal([Name], _folder.Names, StringComparer.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_short_anywhere_is_made_whole_with_or_without_zeros_behind()
    {
        for (var length = 0; length < Ledger.Length; length++)
        {
            foreach (var zeros in new[] { 0, 1, Ledger.Length - length, 100_000 })
            {
                _folder.Write(Name, Ledger[..length] + new string('\0', zeros));
                Projection().Synchronize();
                Assert.Equal(Ledger, _folder.Read(Name));
            }
        }

        _folder.Write(Name, Ledger + "\0\0\0");
        Projection().Synchronize();
        Assert.Equal(Ledger, _folder.Read(Name));
        Assert.Empty(_log.Warnings);
        Assert.Equal([Name], _folder.Names, StringComparer.Ordinal);
    }

    [Fact]
    public void A_file_that_differs_anywhere_is_kept_and_named_in_the_log()
    {
        foreach (var other in new[] { Ledger + "four,4\n", Ledger.Replace('2', '9'), "Header" + Ledger[6..], "x", Ledger + "\0x", Ledger[..9] + "\0" + Ledger[10..], Ledger.Replace("\n", "\r\n", StringComparison.Ordinal) })
        {
            using var folder = new TempFolder();
            folder.Write(Name, other);
            new CsvProjection(folder[Name], Write, _time, _log).Synchronize();

            Assert.Equal(Ledger, folder.Read(Name));
            Assert.Equal(other, folder.Read(Name + ".kept-20260131T120000Z"));
            Assert.Contains(_log.Warnings, line => line.Contains(folder[Name] + ".kept-20260131T120000Z", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Kept_files_are_never_overwritten_two_in_the_same_second_neither()
    {
        for (var i = 1; i <= 3; i++)
        {
            _folder.Write(Name, $"edited {i}");
            Projection().Synchronize();
        }

        Assert.Equal(["edited 1", "edited 2", "edited 3"], Kept.Select(_folder.Read).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Rows_are_added_and_one_that_is_lost_edited_or_longer_meanwhile_is_what_the_ledger_gives_again()
    {
        var projection = Projection();
        projection.Synchronize();
        Append(projection, "four,4\n");
        Assert.Equal(Ledger, _folder.Read(Name));

        File.Delete(_folder[Name]);
        Append(projection, "five,5\n");
        Assert.Equal(Ledger, _folder.Read(Name));

        _folder.Write(Name, Ledger[..15]);
        Append(projection, "six,6\n");
        Assert.Equal(Ledger, _folder.Read(Name));
        Assert.Empty(Kept);

        File.AppendAllText(_folder[Name], "a remark of somebody's\n");
        Append(projection, "seven,7\n");
        Assert.Equal(Ledger, _folder.Read(Name));
        Assert.EndsWith("a remark of somebody's\n", _folder.Read(Assert.Single(Kept)), StringComparison.Ordinal);

        Append(projection, "eight,8\n");
        Assert.Equal(Ledger, _folder.Read(Name));
    }

    [Fact]
    public void A_file_that_can_not_be_written_is_told_and_caught_up_with_when_it_can_be_again()
    {
        // The new file is written beside and then put in place, which a folder of that name prevents.
        Directory.CreateDirectory(_folder[Name + ".partial"]);
        var projection = Projection();
        projection.Synchronize();
        Append(projection, "four,4\n");
        Assert.Equal(2, _log.Count("can't be written"));

        Directory.Delete(_folder[Name + ".partial"]);
        Append(projection, "five,5\n");
        Assert.Equal(Ledger, _folder.Read(Name));
        Append(projection, "six,6\n");
        Assert.Equal(Ledger, _folder.Read(Name));
    }

    [Fact]
    public void A_folder_that_is_gone_is_told_and_does_not_stop_anything()
    {
        using var gone = new TempFolder();
        var folder = Directory.CreateDirectory(gone["data"]).FullName;
        var projection = new CsvProjection(Path.Combine(folder, Name), Write, _time, _log);
        projection.Synchronize();
        Directory.Delete(folder, recursive: true);
        Append(projection, "four,4\n");
        projection.Replace();
        Assert.Equal(2, _log.Count("can't be written"));

        Directory.CreateDirectory(folder);
        Append(projection, "five,5\n");
        Assert.Equal(Ledger, gone.Read($"data/{Name}"));
    }

    [Fact]
    public void A_corrected_row_takes_its_place_in_the_file()
    {
        var projection = Projection();
        projection.Synchronize();
        _rows[^1] = "three,3.5\n";
        projection.Replace();
        Assert.Equal(Ledger, _folder.Read(Name));
        Append(projection, "four,4\n");
        Assert.Equal(Ledger, _folder.Read(Name));
        Assert.Empty(Kept);
    }

    [Fact]
    public void What_somebody_has_added_to_the_file_survives_a_correction()
    {
        var projection = Projection();
        projection.Synchronize();
        File.AppendAllText(_folder[Name], "a remark of somebody's\n");
        _rows[^1] = "three,3.5\n";
        projection.Replace();

        Assert.Equal(Ledger, _folder.Read(Name));
        Assert.EndsWith("a remark of somebody's\n", _folder.Read(Assert.Single(Kept)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_file_is_compared_and_written_as_a_short_one()
    {
        _rows.AddRange(Enumerable.Range(0, 30_000).Select(i => $"row {i},{i * 7919}\n"));
        Projection().Synchronize();
        Assert.Equal(Ledger, _folder.Read(Name));
        Projection().Synchronize();
        Assert.Empty(Kept);

        using (var file = new FileStream(_folder[Name], FileMode.Open))
        {
            file.SetLength(200_001);
        }

        Projection().Synchronize();
        Assert.Equal(Ledger, _folder.Read(Name));
        Assert.Empty(Kept);
    }

    public void Dispose() => _folder.Dispose();

    private CsvProjection Projection() => new(_folder[Name], Write, _time, _log);

    // As the strategy does: the ledger has the row first.
    private void Append(CsvProjection projection, string row)
    {
        _rows.Add(row);
        projection.Append(Encoding.UTF8.GetBytes(row));
    }

    private void Write(IBufferWriter<byte> output)
    {
        foreach (var row in _rows)
        {
            output.Write(Encoding.UTF8.GetBytes(row));
        }
    }
}
