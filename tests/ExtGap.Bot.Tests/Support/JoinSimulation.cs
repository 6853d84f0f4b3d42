using System.Globalization;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Support;

/// <summary>
/// Plays a model exchange to a join as the feed does, with frames that are lost, late, repeated and out of order, connections that break,
/// and a REST API that pages, lags, fails and bans, until a second from which on nothing goes wrong any more.
/// </summary>
internal sealed class JoinSimulation
{
    private const double CalmSeconds = 400;

    private readonly Random _random;
    private readonly ModelExchange _exchange;
    private readonly JoinRecorder _join;
    private readonly PriorityQueue<Action, (double Second, int Order)> _agenda = new();
    private readonly double _faultRate;
    private readonly double _localStart;
    private readonly double _speed;
    private int _order;
    private double _now;
    private bool _connected;
    private bool _fetching;
    private double _blockedUntil;

    public JoinSimulation(int seed)
    {
        _random = new(seed);
        _exchange = new(_random, _random.Next(1, _random.Next(6) == 0 ? 700 : 40));
        _faultRate = _random.Next(4) switch { 0 => 0, 1 => 0.02, 2 => 0.15, _ => 0.5 };
        _localStart = _random.Next(10_000);
        _speed = _random.Next(3) == 0 ? 60 : 1;
        From = _random.Next(0, _exchange.Count);
        Continued = _random.Next(2) == 0;
        _join = new(From, Continued);
    }

    public int From { get; }

    public bool Continued { get; }

    public IReadOnlyList<string> Log => _join.Log;

    public ModelExchange Exchange => _exchange;

    public int Fetches { get; private set; }

    private double Local => _localStart + (_now / _speed);

    private bool Calm => _now >= _exchange.Count * 60;

    public void Run()
    {
        foreach (var (second, minute, isClosed) in _exchange.Frames())
        {
            At(second, () => Send(minute, isClosed));
        }

        var end = (_exchange.Count * 60) + (CalmSeconds * _speed);
        At((From * 60) + (_random.NextDouble() * 200), Connect);
        At(_exchange.Count * 60, () => At(_now + 1, Connect));
        for (var second = From * 60.0; second < end; second += _speed)
        {
            At(second, () => Input(() => _join.Tick(_now / 60, Local)));
        }

        while (_agenda.TryDequeue(out var action, out var at) && at.Second < end)
        {
            _now = Math.Max(_now, at.Second);
            action();
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"from {From}{(Continued ? " continued" : string.Empty)}, faults {_faultRate}, {_exchange.Count} minutes at {_speed}x, now {_now}");

    private void At(double second, Action action) => _agenda.Enqueue(action, (second, _order++));

    private bool Fault() => !Calm && _random.NextDouble() < _faultRate;

    private void Connect()
    {
        _connected = true;
        Input(_join.Join.Connected);
        if (!Calm)
        {
            At(_now + (_random.NextDouble() * (_faultRate > 0.1 ? 300 : 30_000)), () => _connected = false);
            At(_now + (_random.NextDouble() * 600), Connect);
        }
    }

    private void Send(int minute, bool isClosed)
    {
        if (!_connected || Fault())
        {
            return;
        }

        Deliver();
        if (Fault())
        {
            Deliver();
        }

        void Deliver()
        {
            var late = Fault() ? _random.NextDouble() * (_random.Next(3) == 0 ? 400 : 5) : 0;
            At(_now + late, () => Input(() =>
            {
                if (isClosed)
                {
                    _join.Close(minute);
                }
                else
                {
                    _join.Open(minute);
                }
            }));
        }
    }

    private void Input(Action input)
    {
        input();
        if (_join.Ask(Local) is { } from)
        {
            Assert.False(_fetching, "A second fetch was started while one was under way.");
            Assert.True(Local >= _blockedUntil, "A fetch was started before Retry-After had passed.");
            _fetching = true;
            Fetches++;
            Fetch(from, _random.Next(3) == 0 ? _random.Next(1, 6) : 1500);
        }
    }

    private void Fetch(int from, int limit)
    {
        var time = _now;
        At(_now + (_random.NextDouble() * (Fault() ? 40 : 0.5)), () =>
        {
            if (Fault())
            {
                double? retryAfter = _random.Next(2) == 0 ? _random.Next(1, 90) : null;
                _blockedUntil = Local + (retryAfter ?? 0);
                _fetching = false;
                Input(() => _join.Failed(Local, retryAfter));
                return;
            }

            var rows = _exchange.Rest(from, _now).Take(limit).ToList();
            var closed = rows.Where(minute => (minute + 1) * 60 <= time).ToArray();
            var isLast = rows.Count < limit || closed.Length < rows.Count;
            _fetching = !isLast;
            Input(() => _join.Page(Local, isLast, closed));
            if (!isLast)
            {
                Fetch(closed[^1] + 1, limit);
            }
        });
    }
}
