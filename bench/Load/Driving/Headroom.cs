using System.Diagnostics;
using System.Globalization;
using VoiceFunctions.Bench.Load.Servers;
using VoiceFunctions.Bench.Load.Workloads;

namespace VoiceFunctions.Bench.Load.Driving;

/// <summary>How many requests a second the generator makes by itself, against a responder that does nothing.</summary>
internal static class Headroom
{
    private const int Connections = 32;

    /// <summary>Measures it.</summary>
    public static async Task<double> MeasureAsync(Stage stage)
    {
        using var responder = await ChildProcess.StartAsync(
            ["dotnet", Environment.GetCommandLineArgs()[0], "static"],
            new Dictionary<string, string> { ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1" },
            ["listening on http"]);
        var port = int.Parse(responder.ReadyLine.Split(':')[^1], CultureInfo.InvariantCulture);
        var shots = stage.Traffic.Voices("vs", stage.Lengths.SaturatedVoices, 5_000);
        using (var warm = new Driver(() => port, _ => true, _ => { }))
        {
            await warm.SaturateAsync(shots, Connections, stage.Lengths.WarmUp / 2);
        }

        using var driver = new Driver(() => port, _ => true, _ => { });
        var began = Stopwatch.GetTimestamp();
        await driver.SaturateAsync(shots, Connections, stage.Lengths.Saturated);
        return driver.Tally.Correct / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
