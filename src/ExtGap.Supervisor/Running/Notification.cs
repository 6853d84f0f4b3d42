using System.Text;

namespace ExtGap.Supervisor.Running;

/// <summary>One message of sd_notify(3): assignments, a line each. Those that the supervisor has no use for are passed over.</summary>
internal readonly record struct Notification
{
    /// <summary><c>READY=1</c>.</summary>
    public bool IsReady { get; init; }

    /// <summary><c>WATCHDOG=1</c>: the program's loop turns.</summary>
    public bool IsAlive { get; init; }

    /// <summary><c>STOPPING=1</c>.</summary>
    public bool IsStopping { get; init; }

    /// <summary><c>STATUS=</c>: its state in words.</summary>
    public string? Words { get; init; }

    /// <summary><c>X_EXTGAP=</c>: a bot's state as JSON in UTF-8, or what claims to be that.</summary>
    public ReadOnlyMemory<byte>? Report { get; init; }

    /// <summary>Reads a message; whatever can't be understood counts for nothing.</summary>
    public static Notification Parse(ReadOnlySpan<byte> message)
    {
        var notification = default(Notification);
        foreach (var range in message.Split((byte)'\n'))
        {
            var line = message[range];
            if (line.SequenceEqual("READY=1"u8))
            {
                notification = notification with { IsReady = true };
            }
            else if (line.SequenceEqual("WATCHDOG=1"u8))
            {
                notification = notification with { IsAlive = true };
            }
            else if (line.SequenceEqual("STOPPING=1"u8))
            {
                notification = notification with { IsStopping = true };
            }
            else if (line.StartsWith("STATUS="u8))
            {
                notification = notification with { Words = Encoding.UTF8.GetString(line["STATUS=".Length..]) };
            }
            else if (line.StartsWith("X_EXTGAP="u8))
            {
                notification = notification with { Report = line["X_EXTGAP=".Length..].ToArray() };
            }
        }

        return notification;
    }
}
