using System.Globalization;
using System.IO.MemoryMappedFiles;
using ExtGap.Bot.Tests.Support;
using ExtGap.Shared;

namespace ExtGap.Bot.Tests.Hosting;

public sealed class StartMemoryTests
{
    private const string Mappings = """
        55d0c0a00000-55d0c0b00000 r--p 00000000 fe:00 4711    /opt/extgap/extgap-bot
        Size:               1024 kB
        Rss:                 512 kB
        Anonymous:             0 kB
        VmFlags: rd mr mw me sd
        55d0c0b00000-55d0c1200000 r-xp 00100000 fe:00 4711    /opt/extgap/extgap-bot
        Anonymous:             0 kB
        55d0c1200000-55d0c1300000 r--p 00800000 fe:00 4711    /opt/extgap/extgap-bot
        Anonymous:            12 kB
        55d0c1300000-55d0c1400000 rw-p 00900000 fe:00 4711    /opt/extgap/extgap-bot
        Anonymous:             0 kB
        55d0c1400000-55d0c1500000 rw-p 00000000 00:00 0       [heap]
        Anonymous:             0 kB
        7f0000000000-7f0000200000 r-xp 00000000 fe:00 4712    /usr/lib/libc.so.6
        Anonymous:             0 kB
        7f0000300000-7f0000400000 r-xp 00000000 fe:00 4713    /opt/extgap/lib e_sqlite3.so (deleted)
        Anonymous:             0 kB
        7f0000500000-7f0000500000 r-xp 00000000 fe:00 4713    /opt/extgap/nothing
        Anonymous:             0 kB
        strange r-xp 00000000 fe:00 4713    /opt/extgap/strange
        Anonymous:             0 kB

        """;

    [Fact]
    public void What_comes_from_the_folders_files_and_was_never_changed_can_go()
    {
        (long, long)[] expected = [(0x55d0c0a00000, 0x100000), (0x55d0c0b00000, 0x700000), (0x7f0000300000, 0x100000)];
        Assert.Equal(expected, StartMemory.Find(Mappings.Split('\n'), "/opt/extgap/").Select(found => ((long)found.Address, (long)found.Length)));
    }

    [Fact]
    public void Pages_that_were_given_back_are_read_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is told.");
        using var folder = new TempFolder();
        var path = folder["pages"];
        var content = new byte[1 << 20];
        Random.Shared.NextBytes(content);
        File.WriteAllBytes(path, content);
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        using var view = file.CreateViewAccessor(0, content.Length, MemoryMappedFileAccess.Read);
        Assert.Equal(content, Read(view));
        Assert.Equal(content.Length, ResidentOf(path));

        StartMemory.GiveBackPages(folder.Root);

        Assert.Equal(0, ResidentOf(path));
        Assert.Equal(content, Read(view));
    }

    private static byte[] Read(MemoryMappedViewAccessor view)
    {
        var read = new byte[view.Capacity];
        view.ReadArray(0, read, 0, read.Length);
        return read;
    }

    private static long ResidentOf(string path)
    {
        var resident = File.ReadLines("/proc/self/smaps").SkipWhile(line => !line.EndsWith(path, StringComparison.Ordinal)).First(line => line.StartsWith("Rss:", StringComparison.Ordinal));
        return 1024 * long.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
