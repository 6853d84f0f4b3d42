using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;

namespace ExtGap.Chaos.Product;

/// <summary>
/// A wall clock that can be moved, for what is started with it; the machine's own stays as it is. It is a few lines of C (<c>clock.c</c>), which are compiled
/// where there is a compiler: libfaketime changes how long waits last, which a real clock that jumps does not.
/// </summary>
internal sealed class WrongClock
{
    private readonly string _library;
    private readonly string _offset;

    private WrongClock(string library, string offset) => (_library, _offset) = (library, offset);

    /// <summary>Makes one that is right.</summary>
    /// <returns>None where there is no C compiler.</returns>
    public static WrongClock? TryMake(string folder)
    {
        var clock = new WrongClock(Path.Combine(folder, "clock.so"), Path.Combine(folder, "clock"));
        try
        {
            var source = Path.Combine(AppContext.BaseDirectory, "clock.c");
            using var compiler = Process.Start(new ProcessStartInfo("cc", ["-shared", "-fPIC", "-O1", "-o", clock._library, source, "-ldl"]) { UseShellExecute = false })!;
            compiler.WaitForExit();
            if (compiler.ExitCode != 0)
            {
                return null;
            }
        }
        catch (Win32Exception)
        {
            return null;
        }

        clock.Move(TimeSpan.Zero);
        return clock;
    }

    /// <summary>Lets a program have it, and all that this one starts.</summary>
    public void PutInto(IDictionary<string, string?> environment)
    {
        environment["LD_PRELOAD"] = _library;
        environment["EXTGAP_CHAOS_CLOCK"] = _offset;
    }

    /// <summary>Sets how wrong it is, in whole seconds.</summary>
    public void Move(TimeSpan wrong)
    {
        // Into the same file, which running programs have in their memory.
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, (long)wrong.TotalSeconds);
        using var file = new FileStream(_offset, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        file.Write(bytes);
    }
}
