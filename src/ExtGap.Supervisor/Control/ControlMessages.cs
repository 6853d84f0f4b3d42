using System.Globalization;
using System.Text.Json.Serialization;

namespace ExtGap.Supervisor.Control;

/// <summary>
/// The first frame from either side, the client's before the supervisor's; it is the part of the protocol that never changes.
/// A supervisor that speaks another protocol says so after it and closes.
/// </summary>
/// <param name="Protocol">Number of the protocol.</param>
/// <param name="Version">Of ExtGap, for the message that tells of a mismatch.</param>
internal sealed record ControlHello(int Protocol, string Version)
{
    /// <summary>The protocol that this executable speaks.</summary>
    public const int CurrentProtocol = 1;

    /// <summary>What this executable says first.</summary>
    public static ControlHello Current { get; } = new(CurrentProtocol, ExtGapVersion.Text);

    /// <summary>What is told, by whichever side finds it out, when the two speak different protocols.</summary>
    public static string TellMismatch(ControlHello client, ControlHello supervisor) => string.Create(
        CultureInfo.InvariantCulture,
        $"This extgap ({client.Version}) speaks control protocol {client.Protocol}, the running supervisor (ExtGap {supervisor.Version}) speaks {supervisor.Protocol}: run extgap stop-all with the version that started it, or upgrade.");
}

/// <summary>What a client wants; one to a connection.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "verb")]
[JsonDerivedType(typeof(StartAll), "start-all")]
[JsonDerivedType(typeof(StopAll), "stop-all")]
[JsonDerivedType(typeof(Start), "start")]
[JsonDerivedType(typeof(Stop), "stop")]
[JsonDerivedType(typeof(Restart), "restart")]
[JsonDerivedType(typeof(Status), "status")]
[JsonDerivedType(typeof(Logs), "logs")]
[JsonDerivedType(typeof(Reload), "reload")]
internal abstract record ControlRequest
{
    private ControlRequest()
    {
    }

    /// <summary>Start every autoStart program, and wait until each runs or has failed.</summary>
    /// <param name="IsNew">The supervisor was started for this: it starts the programs by itself, and one that has failed already has had its start.</param>
    internal sealed record StartAll(bool IsNew) : ControlRequest;

    /// <summary>Stop all programs, then the supervisor.</summary>
    internal sealed record StopAll(bool KeepSupervisor) : ControlRequest;

    internal sealed record Start(IReadOnlyList<string> Names) : ControlRequest;

    internal sealed record Stop(IReadOnlyList<string> Names) : ControlRequest;

    internal sealed record Restart(IReadOnlyList<string> Names) : ControlRequest;

    /// <param name="Names">All where there is none.</param>
    /// <param name="IntervalSeconds">Told again whenever this time has passed, until the client goes; once where there is none.</param>
    internal sealed record Status(IReadOnlyList<string> Names, double? IntervalSeconds) : ControlRequest;

    /// <param name="Names">All where there is none.</param>
    /// <param name="Stderr">Stderr instead of stdout.</param>
    /// <param name="Lines">So many of the last lines first.</param>
    /// <param name="Follow">Goes on with what is written, until the client goes.</param>
    internal sealed record Logs(IReadOnlyList<string> Names, bool Stderr, int Lines, bool Follow) : ControlRequest;

    internal sealed record Reload : ControlRequest;
}

/// <summary>What a supervisor answers: any number of frames, and <see cref="Done"/> or <see cref="Failed"/> last.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "reply")]
[JsonDerivedType(typeof(Progress), "progress")]
[JsonDerivedType(typeof(Report), "status")]
[JsonDerivedType(typeof(LogLines), "log")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Failed), "failed")]
internal abstract record ControlReply
{
    private ControlReply()
    {
    }

    /// <summary>A program has come to a state, while the client waits.</summary>
    internal sealed record Progress(string Text) : ControlReply;

    internal sealed record Report(SupervisorStatus Status) : ControlReply;

    /// <summary>Whole lines of one program's log, without the last one's newline.</summary>
    internal sealed record LogLines(string Name, string Text) : ControlReply;

    /// <summary>The end, with the exit code that the verb ends with.</summary>
    internal sealed record Done(int ExitCode) : ControlReply;

    /// <summary>The end: nothing, or not all, was done, and why.</summary>
    /// <param name="ExitCode">What the verb ends with.</param>
    /// <param name="Error">Why, and what to do.</param>
    /// <param name="IsEnding">The supervisor is about to end; the next one may do it.</param>
    internal sealed record Failed(int ExitCode, string Error, bool IsEnding = false) : ControlReply;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ControlHello))]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlReply))]
[JsonSerializable(typeof(SupervisorStatus))]
internal sealed partial class ControlJson : JsonSerializerContext;
