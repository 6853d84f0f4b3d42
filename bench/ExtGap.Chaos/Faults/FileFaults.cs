using System.Diagnostics;
using System.Globalization;
using ExtGap.Chaos.Product;

namespace ExtGap.Chaos.Faults;

/// <summary>Files that somebody deletes or cuts off, a disk that is full, and a wall clock that jumps.</summary>
internal static class FileFaults
{
    public const string Clock = "wall clock moved by a year or a second";
    public const string FullDisk = "disk full";

    // While it is full a bot can't note what Telegram has taken, and starts anew after 0.2 s, 0.4 s and so on.
    private const int StartsMeanwhile = 4;

    public static IEnumerable<FaultKind> Of(World world)
    {
        var place = world.Place;
        yield return new("CSV deleted", TimeSpan.FromSeconds(15), (random, _) => DeleteAsync(Csv(place, random)));
        yield return new("CSV cut off", TimeSpan.FromSeconds(15), (random, _) => CutAsync(Csv(place, random), random));
        yield return new("ledger's lock deleted", TimeSpan.FromSeconds(25), (random, _) => DeleteAsync(OfBot(place, random, ".lock")));
        yield return new("ledger's lock cut off", TimeSpan.FromSeconds(25), (random, _) => CutAsync(OfBot(place, random, ".lock"), random));
        yield return new("pid or status file deleted", TimeSpan.FromSeconds(25), (random, _) => DeleteAsync(OfBot(place, random, random.Next(2) == 0 ? ".pid" : ".status.json")));
        yield return new("control socket deleted", TimeSpan.FromSeconds(30), async (_, token) =>
        {
            await DeleteAsync(Path.Combine(place.RunDirectory, "extgap.sock"));
            return await world.UntilAsync("control socket deleted", _ => true, token);
        });
        yield return new("supervisor's lock deleted", TimeSpan.FromSeconds(40), (_, _) => DeleteAsync(Path.Combine(place.RunDirectory, "extgap.lock")));
        yield return new("supervisor's lock cut off", TimeSpan.FromSeconds(40), (random, _) => CutAsync(Path.Combine(place.RunDirectory, "extgap.lock"), random));
        if (place.HasOwnDisk)
        {
            yield return new(FullDisk, TimeSpan.FromSeconds(30), (random, token) => FillAsync(world, random, token)) { Repeats = StartsMeanwhile * Workplace.Timeframes.Count };
        }

        if (place.Clock is { } clock)
        {
            yield return new(Clock, TimeSpan.FromSeconds(10), (random, _) =>
            {
                TimeSpan[] wrong = [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(-1), TimeSpan.FromDays(365), TimeSpan.FromDays(-365), TimeSpan.FromHours(1)];
                clock.Move(wrong[random.Next(wrong.Length)]);
                return Task.FromResult<TimeSpan?>(null);
            });
        }
    }

    private static string Csv(Workplace place, Random random) => Path.Combine(
        place.Data, $"binance_extgap_{Lower}_{Some(random)}_{(random.Next(2) == 0 ? "gaps" : "trades")}.csv");

    private static string OfBot(Workplace place, Random random, string extension) => Path.Combine(place.Data, $"{Lower}_{Some(random)}{extension}");

    private static string Lower => SyntheticMonth.Symbol.ToLowerInvariant();

    private static string Some(Random random) => Workplace.Timeframes[random.Next(Workplace.Timeframes.Count)];

    private static Task<TimeSpan?> DeleteAsync(string path)
    {
        if (!File.Exists(path))
        {
            throw new NotNowException();
        }

        File.Delete(path);
        return Task.FromResult<TimeSpan?>(null);
    }

    private static Task<TimeSpan?> CutAsync(string path, Random random)
    {
        try
        {
            // truncate(2) asks nobody's lock.
            using var truncate = Process.Start("truncate", ["--no-create", "--size", random.NextInt64(new FileInfo(path).Length + 1).ToString(CultureInfo.InvariantCulture), path]);
            truncate.WaitForExit();
        }
        catch (IOException)
        {
            throw new NotNowException();
        }

        return Task.FromResult<TimeSpan?>(null);
    }

    private static async Task<TimeSpan?> FillAsync(World world, Random random, CancellationToken cancellationToken)
    {
        var filler = Path.Combine(world.Place.Deployment, "filler");
        var began = Stopwatch.GetTimestamp();
        try
        {
            var megabyte = new byte[1 << 20];
            var until = TimeSpan.FromSeconds(0.5 + (random.NextDouble() * 4));
            await using var file = new FileStream(filler, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var size = megabyte.Length;
            while (Stopwatch.GetElapsedTime(began) < until)
            {
                try
                {
                    await file.WriteAsync(megabyte.AsMemory(0, size), cancellationToken);
                }
                catch (IOException) when (size > 1)
                {
                    size /= 4;
                }
                catch (IOException)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
                }
            }
        }
        finally
        {
            File.Delete(filler);
            world.Journal.AddFullDisk(began, Stopwatch.GetTimestamp());
        }

        return await world.UntilLiveAsync(FullDisk, Workplace.Timeframes, cancellationToken);
    }
}
