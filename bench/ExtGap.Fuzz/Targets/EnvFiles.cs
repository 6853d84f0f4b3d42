using System.Text;
using ExtGap.Bot;
using ExtGap.Bot.Configuration;
using ExtGap.Fuzz.Inputs;
using ExtGap.Fuzz.Running;

namespace ExtGap.Fuzz.Targets;

/// <summary>An env file on disk, read as a bot does at its start, and its settings after it.</summary>
internal sealed class EnvFiles : FuzzTarget
{
    private const string Secret = "a-token-that-must-appear-nowhere";

    private const string Usual = $"""
        # Telegram
        TELEGRAM_BOT_TOKEN=4242:{Secret}
        TELEGRAM_CHAT_IDS=123456789,-1001234567890,@channel
        EXTGAP_TIMEFRAME=3m

        EXTGAP_SYMBOL=BTCUSDT,ETHUSDT
        export EXTGAP_NOTIONAL="1000"
        EXTGAP_MAX_HOLD='24h' # a day
        EXTGAP_SINCE=2026-01-31T12:00Z
        STATS_INTERVAL_EXTGAP_3M=30m

        """;

    private readonly ScratchFile _file = new(".env");

    public override string Name => "env-files";

    public override IReadOnlyList<byte[]> Corpus { get; } = Texts.Utf8(
        Usual, Usual.ReplaceLineEndings("\r\n"), "EXTGAP_TIMEFRAME=15m\nA.B=\"x\ny\"\n", $"EXTGAP_TIMEFRAME=1M\nTELEGRAM_BOT_TOKEN_EXTGAP_1MO='1:{Secret}'\nTELEGRAM_CHAT_IDS_EXTGAP_1MO=1");

    public override IReadOnlyList<byte[]> Words { get; } = Texts.Utf8(
        "\n", "\r\n", "=", "==", "\"", "'", "#", " #", "export ", "EXTGAP_TIMEFRAME=", "EXTGAP_NOTIONAL=", "EXTGAP_ENTRY_FEE_RATE=", "EXTGAP_MAX_HOLD=", "EXTGAP_STATS_INTERVAL=", "EXTGAP_SINCE=",
        "EXTGAP_STREAM_URL=wss://", "EXTGAP_API_URL=http://[::1", "EXTGAP_DATA_DIRECTORY=", "EXTGAP_LANGUAGE=fr", "EXTGAP_FRESH=true", "TELEGRAM_BOT_TOKEN=", "TELEGRAM_CHAT_IDS=", "7d", "9999999d", "0", "9999-12-31T23:59:59Z", "\\n", "${HOME}", "\uFEFF");

    public override byte[] Make(ref Rng rng, Mutator mutator) => rng.OneIn(8) ? Lines(ref rng) : mutator.Mutate(ref rng, Corpus, Words);

    // Two readings of the file, with their buffers; each line costs a match, and a line may be a single byte.
    public override long Allowance(int length) => (256 * 1024) + (1024L * length);

    public override bool Read(byte[] input)
    {
        _file.Write(input);
        if (TryRead() is not { } variables)
        {
            return false;
        }

        try
        {
            foreach (var (name, value) in variables)
            {
                BrokenPromiseException.ThrowIf(name.Length == 0 || name.Contains('=') || name.Contains('\0') || value.Contains('\0'), $"a variable '{name}' that no environment can have");
            }

            var options = BotOptions.Read(new(_ => null, _ => null, variables));
            BrokenPromiseException.ThrowIf(options.Symbols.IsEmpty || options.StatsInterval <= TimeSpan.Zero, "options that can't work");
            return true;
        }
        catch (BotException e)
        {
            BrokenPromiseException.ThrowIf(e.Message.Length == 0, "a refusal without a reason");
            return false;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _file.Dispose();
    }

    private IReadOnlyDictionary<string, string>? TryRead()
    {
        try
        {
            return EnvFile.Read(_file.Path);
        }
        catch (BotException e)
        {
            BrokenPromiseException.ThrowIf(e.Message.Contains(Secret, StringComparison.Ordinal), $"a message with the token: {e.Message}");
            return null;
        }
    }

    private byte[] Lines(ref Rng rng)
    {
        var text = new StringBuilder();
        for (var lines = rng.Below(6); lines > 0; lines--)
        {
            text.Append(Encoding.UTF8.GetString(rng.Pick(Words))).Append(rng.OneIn(2) ? "=" : string.Empty).Append(Encoding.UTF8.GetString(rng.Pick(rng.OneIn(2) ? Nasty.Texts : Nasty.Numbers))).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
