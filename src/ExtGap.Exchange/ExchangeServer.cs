using System.Net.Sockets;
using ExtGap.Core.Market;
using ExtGap.Exchange.Faults;
using ExtGap.Exchange.Hosting;
using ExtGap.Exchange.Markets;
using ExtGap.Exchange.Playing;
using ExtGap.KlineFiles;
using Microsoft.AspNetCore.Builder;

namespace ExtGap.Exchange;

/// <summary>A running exchange.</summary>
public sealed class ExchangeServer : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(30);

    private readonly ExchangeState _state;
    private readonly Connections _connections;
    private readonly ConnectionFaults _connectionFaults;
    private readonly WebApplication _web;
    private readonly CancellationTokenSource _stopping = new();
    private Task _playing = Task.CompletedTask;
    private bool _stopped;

    private ExchangeServer(ExchangeState state)
    {
        _state = state;
        _connections = new(state);
        _connectionFaults = new(state.Faults, _connections, state.Time);
        _web = WebHost.Build(state.Options.Listen, new Endpoints(state, _connections));
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:9090</c>.</summary>
    public Uri Address => new(_web.Urls.First());

    /// <summary>What its clock shows.</summary>
    public Instant Now => new(_state.Clock.Now);

    /// <summary>Ends when everything that the files have was sent to all who listen; never where the market is made.</summary>
    public Task Ended => _state.Player.Ended;

    /// <summary>Ends when the exchange can't go on, with the fault.</summary>
    public Task Playing => _playing;

    /// <summary>A few lines that tell what is played and how a bot connects.</summary>
    public string Banner => StartBanner.Of(_state, Address);

    /// <summary>Starts an exchange.</summary>
    /// <exception cref="ExchangeException">It can't start as it is asked to.</exception>
    public static async Task<ExchangeServer> StartAsync(ExchangeOptions options, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        time ??= TimeProvider.System;
        var faults = Read(options.Faults);
        var server = new ExchangeServer(Prepare(options, time));
        server._state.Faults.Change(faults, _ => false);
        server._state.Player.MakeHoles();
        try
        {
            await server._web.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            await server.DisposeAsync();
            throw new ExchangeException($"{options.Listen} can't be listened on: {e.Message} Another --listen, or port 0, may do.", 1, e);
        }

        server._playing = server._state.Player.RunAsync(server._stopping.Token);
        return server;
    }

    /// <summary>Stops: closes every connection with a close frame, and sends before it what waits.</summary>
    /// <param name="isEnd">Whether all was played, so that the last frames may take their time.</param>
    public async Task StopAsync(bool isEnd = false)
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        await _connections.CloseAsync(isEnd ? EndPatience : StopPatience);
        await _stopping.CancelAsync();
        await _playing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var patience = new CancellationTokenSource(StopPatience, _state.Time);
        await _web.StopAsync(patience.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _web.DisposeAsync();
        _connectionFaults.Dispose();
        _state.Player.Dispose();
        _stopping.Dispose();
    }

    private static List<Fault> Read(IReadOnlyList<string> faults)
    {
        try
        {
            return [.. faults.Select(Fault.Parse)];
        }
        catch (FormatException e)
        {
            throw new ExchangeException($"--fault: {e.Message}", 64, e);
        }
    }

    private static ExchangeState Prepare(ExchangeOptions options, TimeProvider time)
    {
        var market = MarketLoader.Load(options, Instant.From(time.GetUtcNow()));
        var faults = new FaultBoard(time);
        var start = options.Start ?? (market.FirstOpenTime is { } first ? new Instant(first) : Instant.From(time.GetUtcNow()));
        if (start.UnixMilliseconds >= market.End)
        {
            throw new ExchangeException($"--start {start} is after the end of the kline files ({new Instant(market.End.Value)}): nothing would be played.", 64);
        }

        if (options.ExitAtEnd && market.End is null)
        {
            throw new ExchangeException("--exit-at-end is asked for, but a made market has no end: only --klines has one.", 64);
        }

        var clock = new ExchangeClock(time, options.Speed, start.UnixMilliseconds);
        var playing = new PlayerOptions
        {
            UpdateInterval = (long)options.UpdateInterval.TotalMilliseconds,
            CloseDelay = (long)options.CloseDelay.TotalMilliseconds,
            WaitFor = options.WaitFor,
        };
        return new(options, market, clock, new Player(market, clock, playing, faults, time), faults, time);
    }
}
