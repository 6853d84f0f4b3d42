using System.Runtime.CompilerServices;
using System.Text.Json;
using ExtGap.Fuzz.Inputs;
using ExtGap.Fuzz.Running;
using ExtGap.Supervisor.Control;

namespace ExtGap.Fuzz.Targets;

/// <summary>What a client sends to the supervisor, read by <see cref="ControlConnection"/> in pieces.</summary>
internal sealed class ControlRequests : FuzzTarget
{
    private static readonly List<byte[]> Messages =
    [
        .. new ControlRequest[]
        {
            new ControlRequest.StartAll(true), new ControlRequest.StopAll(false), new ControlRequest.Start(["3m"]), new ControlRequest.Stop(["3m", "15m"]), new ControlRequest.Restart([]),
            new ControlRequest.Status(["3m"], 2.5), new ControlRequest.Status([], null), new ControlRequest.Logs(["3m"], true, 50, true), new ControlRequest.Reload(),
        }.Select(request => JsonSerializer.SerializeToUtf8Bytes(request, ControlJson.Default.ControlRequest)),
    ];

    public override string Name => "control-requests";

    public override IReadOnlyList<byte[]> Corpus { get; } = [.. Messages.Select(ControlMessages.Of)];

    public override IReadOnlyList<byte[]> Words { get; } = Texts.Quoted(
        "verb", "start", "stop", "restart", "status", "logs", "reload", "start-all", "stop-all", "names", "intervalSeconds", "lines", "follow", "stderr", "keepSupervisor", "isNew", "protocol", "version", "$type", "$id", "$ref");

    public override byte[] Make(ref Rng rng, Mutator mutator) => ControlMessages.Make(ref rng, mutator, Corpus, Messages, Words);

    public override bool Read(byte[] input)
    {
        using var stream = new PieceStream(input);
        var log = new FaultLog();
        var handler = new Handler();
        new ControlConnection(stream, handler, TimeProvider.System, log).RunAsync(CancellationToken.None, CancellationToken.None).GetAwaiter().GetResult();
        BrokenPromiseException.ThrowIf(log.Fault is not null, $"the connection failed: {log.Fault}");
        CheckReplies(stream.Written);
        return handler.Request is not null;
    }

    // Hello first, then whole replies.
    private static void CheckReplies(byte[] written)
    {
        if (written.Length == 0)
        {
            return;
        }

        using var stream = new MemoryStream(written);
        var hello = Wait(ControlFraming.ReadAsync(stream, ControlJson.Default.ControlHello, ControlFraming.MaxRequestBytes, CancellationToken.None));
        BrokenPromiseException.ThrowIf(hello != ControlHello.Current, $"it greets with {hello}");
        while (Wait(ControlFraming.ReadAsync(stream, ControlJson.Default.ControlReply, ControlFraming.MaxReplyBytes, CancellationToken.None)) is { } reply)
        {
            BrokenPromiseException.ThrowIf(reply is ControlReply.Failed { Error.Length: 0 }, "it hangs up without a reason");
        }
    }

    private sealed class Handler : IControlHandler
    {
        public ControlRequest? Request { get; private set; }

        public async IAsyncEnumerable<ControlReply> HandleAsync(ControlRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Request = request;
            IReadOnlyList<string> names = request switch
            {
                ControlRequest.Start start => start.Names,
                ControlRequest.Stop stop => stop.Names,
                ControlRequest.Restart restart => restart.Names,
                ControlRequest.Status status => status.Names,
                ControlRequest.Logs logs => logs.Names,
                _ => [],
            };
            BrokenPromiseException.ThrowIf(names.Any(name => name is null), "a name that is null");
            BrokenPromiseException.ThrowIf(request is ControlRequest.Status { IntervalSeconds: not (null or (>= 0.1 and <= 86_400)) } or ControlRequest.Logs { Lines: < 0 }, $"a request {request}");
            yield return new ControlReply.Progress(string.Join(' ', names));
            await Task.CompletedTask;
            yield return new ControlReply.Done(0);
        }
    }
}
