using System.Text;
using System.Text.Json;
using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests.Chats;

/// <summary>A bot on a market of 37 days at full speed, and the chats that it writes to.</summary>
public abstract class ChatTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected static Results Expected { get; } = Results.Expected(Conformance.ExpectedGaps("long-30m", "group"), Conformance.ExpectedTrades("long-30m", "group"));

    protected static IReadOnlyList<string> Events { get; } = ToldEvents.Of(Expected);

    protected string Folder => _folder.Path;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static Task<ExchangeProcess> StartExchangeAsync(CancellationToken cancellationToken, params IEnumerable<string> options) => ExchangeProcess.StartAsync(
        cancellationToken,
        ["--klines", $"{Conformance.Klines("long-30m")}={Conformance.Symbol}", "--speed", "max", "--wait-for", "1", "--update-interval", "10m", .. options]);

    protected ChildProcess StartBot(ExchangeProcess exchange, string chats = "1001", params IEnumerable<string> options) => ChildProcess.Start(
        "extgap-bot",
        Telegram.Environment(chats),
        [
            "--symbol", Conformance.Symbol, "--timeframe", "30m", "--since", "2025-01-01", "--stats-interval", "30d", "--data-directory", _folder.Path,
            .. exchange.BotOptions, .. options,
        ]);

    /// <summary>Waits until a chat has been told the last event.</summary>
    protected static async Task<IReadOnlyList<ChatMessage>> WaitForAllAsync(ExchangeProcess exchange, string chat, CancellationToken cancellationToken)
    {
        var messages = await ChatMessage.WaitForAsync(
            exchange, received => received.Where(message => message.Chat == chat).SelectMany(ToldEvents.Of).Contains(Events[^1]), cancellationToken);
        return [.. messages.Where(message => message.Chat == chat)];
    }

    protected async Task WaitForStatusAsync(Func<JsonElement, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var path = _folder["testusdt_30m.status.json"];
            if (File.Exists(path))
            {
                using var status = JsonDocument.Parse(await File.ReadAllTextAsync(path, cancellationToken));
                if (wanted(status.RootElement))
                {
                    return;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    // A message that Telegram could not parse comes again as plain text.
    protected static string WithoutFallback(string text) => text.StartsWith("▶️ Started", StringComparison.Ordinal) ? text.Replace("▶️ Started", "▶️ <b>Started</b>", StringComparison.Ordinal) : text;

    protected void AssertNowhere(ChildProcess bot)
    {
        var secret = Telegram.Token[(Telegram.Token.IndexOf(':', StringComparison.Ordinal) + 1)..];
        Assert.DoesNotContain(bot.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        var bytes = Encoding.UTF8.GetBytes(secret);
        Assert.All(Directory.EnumerateFiles(_folder.Path), path => Assert.True(File.ReadAllBytes(path).AsSpan().IndexOf(bytes) < 0, path));
    }
}
