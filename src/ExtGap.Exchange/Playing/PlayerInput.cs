using ExtGap.Exchange.Streams;

namespace ExtGap.Exchange.Playing;

/// <summary>Everything that can reach the player.</summary>
internal abstract record PlayerInput
{
    private PlayerInput()
    {
    }

    /// <summary>A connection is there, with the streams of its address.</summary>
    public sealed record Joined(Subscriber Subscriber, IReadOnlyList<string> Streams) : PlayerInput;

    /// <summary>A connection said something.</summary>
    public sealed record Said(Subscriber Subscriber, StreamRequest Request) : PlayerInput;

    /// <summary>A connection is gone.</summary>
    public sealed record Left(Subscriber Subscriber) : PlayerInput;

    /// <summary>Something that was waited for may be there: a time, or room in a queue.</summary>
    public sealed record Woken : PlayerInput
    {
        /// <summary>The only one.</summary>
        public static Woken Instance { get; } = new();
    }
}
