using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests.Launching;

/// <summary>
/// A clone with the real launcher and the real scripts, a source of one line, and in its PATH a <c>dotnet</c> that builds in no time: what
/// it publishes is the file <c>product</c>, and it writes a line into <c>builds</c> for each build.
/// </summary>
public sealed class FakeClone : IDisposable
{
    private const string Dotnet = """
        #!/bin/sh
        for argument; do
          case $argument in
            -p:PublishDir=*) folder=${argument#*=} ;;
            -p:ArtifactsPath=*) artifacts=${argument#*=} ;;
            -p:PublishAot=true) native=1 ;;
          esac
        done
        here=$(dirname "$0")
        echo "$*" >> "$here/../builds"
        [ -z "$native" ] || [ -e "$here/../native" ] || { echo "there is no linker"; exit 1; }
        [ ! -e "$here/../broken" ] || { echo "Program.cs(1,1): error CS1002: ; expected"; exit 1; }
        for name in extgap extgap-bot extgap-exchange; do cp "$here/../product" "$folder/$name"; done
        mkdir -p "$artifacts"
        echo "$here" > "$artifacts/dotnet-root"

        """;

    /// <summary>A product that tells what it was run with, and ends with what its first argument says.</summary>
    public const string TellingProduct = """
        #!/bin/sh
        echo "ran [$*] config [$EXTGAP_CONFIG] dotnet [$DOTNET_ROOT]"
        case $1 in exit*) exit "${1#exit}" ;; esac

        """;

    private readonly TemporaryFolder _folder = new();

    public FakeClone()
    {
        Directory.CreateDirectory(_folder["clone/src/ExtGap.Supervisor"]);
        Directory.CreateDirectory(_folder["clone/scripts"]);
        Directory.CreateDirectory(_folder["tools"]);
        Directory.CreateDirectory(_folder["elsewhere"]);
        File.WriteAllText(Source, "one");
        foreach (var name in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json", "supervisor.json" })
        {
            File.WriteAllText(_folder[$"clone/{name}"], "{}");
        }

        foreach (var script in Directory.EnumerateFiles(Path.Combine(Repository.Root, "scripts")).Append(Path.Combine(Repository.Root, "extgap")))
        {
            File.Copy(script, _folder["clone/" + Path.GetRelativePath(Repository.Root, script)]);
        }

        Write("tools/dotnet", Dotnet);
        Write("product", TellingProduct);
    }

    public string Source => _folder["clone/src/ExtGap.Supervisor/Program.cs"];

    /// <summary>A folder outside of the clone.</summary>
    public string Elsewhere => _folder["elsewhere"];

    public string this[string name] => _folder[name];

    /// <summary>How often it was built.</summary>
    public int Builds => File.Exists(_folder["builds"]) ? File.ReadAllLines(_folder["builds"]).Length : 0;

    /// <summary>The folders with builds.</summary>
    public int Kept => Directory.GetDirectories(_folder["clone/.build"], "extgap.*").Length;

    /// <summary>Writes an executable file.</summary>
    public void Write(string name, string text)
    {
        File.WriteAllText(_folder[name], text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Starts a file of the clone's, outside of it.</summary>
    public ChildProcess Start(string script, params IEnumerable<string> arguments) => ChildProcess.Start(
        "/bin/sh",
        new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = $"{_folder["tools"]}:/usr/bin:/bin", ["HOME"] = _folder["home"], ["DOTNET_ROOT"] = string.Empty, ["EXTGAP_CONFIG"] = string.Empty },
        ["-c", "cd \"$1\" && shift && exec \"$@\"", "sh", Elsewhere, _folder[$"clone/{script}"], .. arguments]);

    /// <summary>Runs it to its end.</summary>
    public async Task<VerbRun> RunAsync(string script, CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        await using var process = Start(script, arguments);
        var code = await process.WaitForExitAsync(cancellationToken);
        return new(code, string.Join('\n', process.Lines));
    }

    public void Dispose() => _folder.Dispose();
}
