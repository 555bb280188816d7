using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using VoiceFunctions.Bench;

// What the gateway itself costs per webhook: time and allocated bytes, in less than two minutes. The last lines are for bench/Load.
//   dotnet run -c Release --project bench/Webhooks
var job = Job.Default
    .WithToolchain(InProcessEmitToolchain.Instance)
    .WithIterationTime(TimeInterval.FromMilliseconds(250))
    .WithWarmupCount(14)
    .WithIterationCount(10);
var config = ManualConfig.CreateEmpty()
    .AddJob(job)
    .AddLogger(ConsoleLogger.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .WithArtifactsPath("artifacts/bench/webhooks");
var summary = BenchmarkRunner.Run<WebhookBenchmarks>(config);
foreach (var report in summary.Reports.Where(report => report.Success))
{
    var name = report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');
    var microseconds = report.ResultStatistics!.Median / 1_000;
    var bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40}{microseconds,10:0.00} µs{bytes,10} bytes"));
}

return summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success) ? 1 : 0;
