using System.Text.Json;
using System.Text.RegularExpressions;
using ExtGap.Shared;
using ExtGap.Supervisor.Configuration.Reading;

namespace ExtGap.Supervisor.Configuration;

/// <summary><c>supervisor.json</c>: reads it, fills in what it does not say, and tells all that is wrong with it at once.</summary>
internal static partial class SupervisorFile
{
    /// <summary>What the name of a program may be.</summary>
    public const string NamePattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$";

    private const int LargestSize = 1 << 20;

    /// <summary>Reads the file and decides on the run directory; it creates nothing.</summary>
    /// <param name="path">As the user gave it, and as messages show it.</param>
    /// <exception cref="ConfigurationException">Something is wrong; it has every fault.</exception>
    public static SupervisorOptions Load(string path)
    {
        var faults = new FaultList();
        var root = Parse(path, faults) as ConfigNode.Object;
        faults.ThrowIfAny(path, runDirectory: null);
        var options = Read(Path.GetFullPath(path), root!, faults);
        faults.ThrowIfAny(path, options.RunDirectory);
        return options;
    }

    private static ConfigNode? Parse(string path, FaultList faults)
    {
        try
        {
            var json = ConfigTree.Read(ReadBytes(path));
            if (json is not ConfigNode.Object)
            {
                faults.Add(json.Line, string.Empty, $"{json.Shown} is not possible: the file is an object in {{ }} with `programs` in it.");
            }

            return json;
        }
        catch (JsonException e)
        {
            // The line is said already, and counted from 1.
            var message = e.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
            faults.Add((int)(e.LineNumber ?? 0) + 1, string.Empty, $"this can't be read as JSON: {ShownLine(message)}");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            faults.Add(0, string.Empty, "there is no such file: name it with --config, or go to its folder.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(0, string.Empty, $"the file can't be read: {ShownLine(e.Message)}");
        }

        return null;
    }

    private static ReadOnlySpan<byte> ReadBytes(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException("it is a folder.");
        }

        FileFacts.CheckBeforeReading(path, LargestSize, ByteSize.Format(LargestSize));
        using var file = File.OpenRead(path);
        var bytes = new byte[LargestSize + 1];
        var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return count <= LargestSize ? bytes.AsSpan(0, count) : throw new IOException($"it is larger than {ByteSize.Format(LargestSize)}.");
    }

    private static SupervisorOptions Read(string path, ConfigNode.Object root, FaultList faults)
    {
        var folder = Path.GetDirectoryName(path)!;
        var json = new ConfigObject(root, string.Empty, faults);
        var reader = new ProgramReader(folder, faults);
        json.Read("$schema", new TextKind("the schema that editors check the file by"), string.Empty);
        var defaults = json.ReadObject("defaults", reader.BuiltIn, reader.ReadDefaults);
        var programs = ReadPrograms(json, reader, defaults);
        LedgerConflicts.Reject(programs, folder);
        var runDirectory = Path.GetFullPath(json.Read("runDirectory", ProgramLimits.Folder, RunDirectory.DefaultName), folder);
        if (RunDirectory.Choose(runDirectory, path, Environment.GetEnvironmentVariable, PosixFile.CanWriteFolder, out var chosen) is { } fault)
        {
            faults.Add(json.Take("runDirectory")?.Line ?? 0, "runDirectory", fault);
        }


        // What every program may have is often written a level too high.
        json.RejectUnknown(key => reader.IsSetting(key) ? "this belongs in `defaults`, for all programs, or in one of `programs`." : null);
        return new()
        {
            Path = path,
            Folder = folder,
            RunDirectory = chosen,
            Logs = defaults.Logs,
            EnvironmentFile = defaults.EnvironmentFile,
            Programs = [.. programs.Select(pair => pair.Program)],
        };
    }

    private static List<(ProgramOptions Program, ConfigObject Json)> ReadPrograms(ConfigObject json, ProgramReader reader, ProgramOptions defaults)
    {
        var programs = new List<(ProgramOptions Program, ConfigObject Json)>();
        if (json.Take("programs") is not { } member)
        {
            json.Reject("there is no `programs`: an object with a program for each name, such as { \"3m\": { \"bot\": { \"timeframe\": \"3m\" } } }.");
            return programs;
        }

        if (json.Within(member) is not { } list)
        {
            return programs;
        }

        foreach (var program in list.Members)
        {
            if (!NameShape().IsMatch(program.Key) || program.Key.EndsWith('\n'))
            {
                list.Reject(program, "this is no name of a program: 1 to 32 letters, digits, dots, dashes and underscores, a letter or digit first.");
            }
            else if (programs.Find(other => string.Equals(other.Program.Name, program.Key, StringComparison.OrdinalIgnoreCase)).Program is { } other)
            {
                list.Reject(program, $"there is a program {other.Name}, and names that differ in capitals only may mean one log file: choose another.");
            }

            if (list.Within(program) is { } inner)
            {
                programs.Add((reader.ReadProgram(program.Key, inner, defaults), inner));
            }
        }

        if (!list.Members.Any())
        {
            json.Reject(member, "there is no program: at least one is needed.");
        }

        return programs;
    }

    private static string ShownLine(string message) => message.ReplaceLineEndings(" ");

    [GeneratedRegex(NamePattern, RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameShape();
}
