using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace ExtGap.Benchmarks;

/// <summary>
/// The inner parts, each alone: <c>dotnet run -c Release --project bench/ExtGap.Benchmarks -- --filter '*Detector*'</c>. For the whole program
/// there is scripts/measure.sh.
/// </summary>
internal static class BenchmarkProgram
{
    // In this process: what is measured is internal, and a project that is made for it would be built under this tree's rules.
    private static readonly ManualConfig Config = ManualConfig.Create(DefaultConfig.Instance)
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumn(StatisticColumn.OperationsPerSecond)
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "extgap-benchmarks"));

    public static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(BenchmarkProgram).Assembly).Run(args, Config);
}
