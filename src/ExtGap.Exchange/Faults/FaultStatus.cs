using System.Text.Json;

namespace ExtGap.Exchange.Faults;

/// <summary>Writes what <c>/control/faults</c> tells: the faults in force, how often each has happened, and which there are.</summary>
internal static class FaultStatus
{
    /// <summary>Writes the whole answer.</summary>
    public static void Write(FaultBoard board, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("active");
        foreach (var fault in board.Active)
        {
            WriteActive(fault, json);
        }

        json.WriteEndArray();
        json.WriteStartObject("injected");
        foreach (var (name, count) in board.Totals())
        {
            json.WriteNumber(name, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes why a change was refused, and what there is.</summary>
    public static void WriteRefusal(string error, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("error", error);
        json.WriteStartArray("faults");
        foreach (var fault in FaultCatalog.All)
        {
            json.WriteStringValue(fault.Syntax);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteActive(ActiveFault fault, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("fault", fault.Fault.Text);
        json.WriteString("name", fault.Fault.Definition.Name);
        json.WriteNumber("injected", fault.Injected);
        if (fault.Remaining is { } remaining)
        {
            json.WriteNumber("millisecondsLeft", (long)Math.Max(0, remaining.TotalMilliseconds));
        }

        if (fault.TimesLeft is { } times)
        {
            json.WriteNumber("timesLeft", times);
        }

        json.WriteEndObject();
    }
}
