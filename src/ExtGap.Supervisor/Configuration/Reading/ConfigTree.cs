using System.Text.Json;
using System.Text.Unicode;

namespace ExtGap.Supervisor.Configuration.Reading;

/// <summary>Reads JSON into nodes that know their lines. Comments and trailing commas are taken, for people comment on their configuration.</summary>
internal ref struct ConfigTree
{
    private const int Deepest = 32;
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = Deepest };

    private readonly ReadOnlySpan<byte> _bytes;
    private Utf8JsonReader _reader;
    private int _line = 1;
    private int _counted;

    private ConfigTree(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _reader = new(bytes, Lenient);
    }

    /// <summary>Reads a whole file; a byte order mark may be at its start.</summary>
    /// <exception cref="JsonException">It is not JSON in UTF-8, or too deep; its line is from 0.</exception>
    public static ConfigNode Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        if (!Utf8.IsValid(bytes))
        {
            throw new JsonException("The file is not text in UTF-8: save it as UTF-8.");
        }

        if (bytes.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw new JsonException("There is nothing in the file.");
        }

        var tree = new ConfigTree(bytes);
        tree._reader.Read();
        var root = tree.ReadValue();

        // Only here does the reader look at what is behind the value.
        while (tree._reader.Read())
        {
        }

        return root;
    }

    private ConfigNode ReadValue() => _reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(),
        JsonTokenType.StartArray => ReadArray(),
        JsonTokenType.String => new ConfigNode.Text(Line(), ReadText()),
        JsonTokenType.Number => new ConfigNode.Number(Line(), System.Text.Encoding.UTF8.GetString(_reader.ValueSpan)),
        JsonTokenType.True => new ConfigNode.Switch(Line(), true),
        JsonTokenType.False => new ConfigNode.Switch(Line(), false),
        _ => new ConfigNode.Null(Line()),
    };

    private ConfigNode.Object ReadObject()
    {
        var line = Line();
        var members = new List<ConfigMember>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var (key, keyLine) = (ReadText(), Line());
            _reader.Read();
            members.Add(new(key, keyLine, ReadValue()));
        }

        return new(line, members);
    }

    private ConfigNode.Array ReadArray()
    {
        var line = Line();
        var items = new List<ConfigNode>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue());
        }

        return new(line, items);
    }

    private string ReadText()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair, escaped, is JSON but no text.
            throw new JsonException("A \\u escape in a text stands for no character.", null, Line() - 1, null, e);
        }
    }

    private int Line()
    {
        var start = (int)_reader.TokenStartIndex;
        _line += _bytes[_counted..start].Count((byte)'\n');
        _counted = start;
        return _line;
    }
}
