using System.IO.Compression;
using System.Text;
using ExtGap.Core.Market;
using ExtGap.Fuzz.Inputs;
using ExtGap.Fuzz.Running;
using ExtGap.KlineFiles;

namespace ExtGap.Fuzz.Targets;

/// <summary>
/// Kline files on disk, read to their end by <see cref="KlineFileSequence"/>: CSV with and without a header, in milliseconds and microseconds, with both line ends,
/// and the archive's .zip, whose checksums and lengths may be wrong. What begins like a .zip is read as one.
/// </summary>
internal sealed class KlineCsvFiles : FuzzTarget
{
    private const string Header = "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n";

    private const string Minutes = """
        1672531200000,16537.50,16540.90,16534.30,16540.80,315.610,1672531259999,5218971.60,1841,177.245,2930911.13,0
        1672531260000,16540.80,16541.00,16537.00,16537.10,140.000,1672531319999,2315000.10,900,70.000,1157500.05,0
        1672531380000,16537.10,16540.00,16530.00,16531.20,212.500,1672531439999,3513000.00,1201,100.100,1655000.01,0

        """;

    private const string Microseconds = "1762873080000000,105000.10,105010.00,104990.5,105000,12.345,1762873139999999,1,5,1,1,0\n";
    private const string Months = "1761955200000,3844.10,4250,3053.5,3401.99,1,1764547199999,1,1,1,1,0\n1764547200000,3401.99,3402,3401,3402,1,1767225599999,1,1,1,1,0\n";

    private readonly ScratchFile _csv = new("BTCUSDT-1m-2023-01.csv");
    private readonly ScratchFile _zip = new("BTCUSDT-1m-2023-01.zip");
    private readonly List<byte[]> _texts = Texts.Utf8(Minutes, Header + Minutes, Minutes.ReplaceLineEndings("\r\n"), Header + Microseconds, Months, Minutes.TrimEnd('\n'));
    private readonly List<byte[]> _archives;

    public KlineCsvFiles()
    {
        _archives = [Zip(_texts[1], CompressionLevel.Optimal), Zip(_texts[0], CompressionLevel.NoCompression)];
        Corpus = [.. _texts, .. _archives];
    }

    public override string Name => "kline-files";

    public override IReadOnlyList<byte[]> Corpus { get; }

    public override IReadOnlyList<byte[]> Words { get; } = Texts.Utf8(
        "open_time,", "\n", "\r\n", ",", ",,", ",0,", "PK\u0003\u0004", "1672531200000", "1672531259999", "1672531200000000", "16537.50", Header, "253402300740000,1,1,1,1,1,253402300799999,1,1,1,1,0\n");

    // The reader's line buffer, and those of a .zip.
    public override long Allowance(int length) => (768 * 1024) + (64L * length);

    public override byte[] Make(ref Rng rng, Mutator mutator) => rng.Below(16) switch
    {
        0 => Zip(mutator.Mutate(ref rng, _texts, Words), CompressionLevel.Fastest),
        1 or 2 => mutator.Mutate(ref rng, _archives, Words),
        3 => Rows(ref rng),
        _ => mutator.Mutate(ref rng, _texts, Words),
    };

    public override bool Read(byte[] input)
    {
        var file = input.AsSpan().StartsWith("PK"u8) ? _zip : _csv;
        file.Write(input);
        try
        {
            using var klines = KlineFileSequence.Open([file.Path]);
            var last = new Instant(-1);
            while (klines.TryRead(out var kline))
            {
                Promises.Keep(kline.Candle, klines.Timeframe);
                BrokenPromiseException.ThrowIf(kline.Candle.OpenTime <= last, "klines out of order");
                BrokenPromiseException.ThrowIf(kline.TradeCount < 0 || kline.QuoteVolume < 0 || kline.TakerBuyVolume < 0 || kline.PriceDecimals is < 0 or > Price.Decimals, $"a kline of {kline}");
                last = kline.Candle.OpenTime;
            }

            return true;
        }
        catch (KlineFileException e)
        {
            BrokenPromiseException.ThrowIf(!e.Message.StartsWith(file.Path, StringComparison.Ordinal), $"a message that does not name the file: {e.Message}");
            return false;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _csv.Dispose();
        _zip.Dispose();
    }

    private static byte[] Rows(ref Rng rng)
    {
        var text = new StringBuilder();
        for (var rows = 1 + rng.Below(4); rows > 0; rows--)
        {
            for (var columns = rng.OneIn(4) ? rng.Below(16) : 12; columns > 0; columns--)
            {
                text.Append(Encoding.UTF8.GetString(rng.Pick(Nasty.Numbers))).Append(columns > 1 ? "," : string.Empty);
            }

            text.Append(rng.OneIn(2) ? "\n" : "\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Zip(byte[] content, CompressionLevel level)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            // The time would make another input of each run.
            var entry = archive.CreateEntry("BTCUSDT-1m-2023-01.csv", level);
            entry.LastWriteTime = new(2023, 2, 1, 0, 0, 0, TimeSpan.Zero);
            using var stream = entry.Open();
            stream.Write(content);
        }

        return file.ToArray();
    }
}
