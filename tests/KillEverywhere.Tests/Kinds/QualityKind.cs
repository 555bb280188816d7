using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Quality;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.KillEverywhere.Runs;
using VoiceFunctions.Simulator.LiveKit.Agents;

namespace VoiceFunctions.KillEverywhere.Kinds;

/// <summary>A call whose agent reports what it measures; after 24 seconds the line is bad for three.</summary>
internal static class QualityKind
{
    private static readonly string[] Bad = [QualityMeasure.Jitter, QualityMeasure.Loss];

    /// <summary>Over a SIP trunk.</summary>
    public static CallKind BadLine { get; } = CallKind.Trunk with
    {
        Name = "a call whose line gets bad",
        Agent = agent => agent with { Network = new MeasuredNetwork { Spike = (25, 27), Silence = (0, 0), ReportsEvery = 3 } },
        Stays = TimeSpan.FromSeconds(36),
        Steps = ["measurements", "warning of ", LifecycleEventName.QualityWarning],
        Promises = Broken,
    };

    /// <summary>A process that dies over a warning that it has not stored forgets it: there is one at most.</summary>
    private static IEnumerable<string> Broken(Aftermath after)
    {
        var state = after.Calls[0].State;
        string[] warned = [.. state.Quality.Warnings.Select(warning => ((CallFact.QualityWarned)warning.Fact).Measure).Order()];
        string[] told = [.. after.Rooms.SelectMany(room => room.QualityWarnings).Order()];
        if (warned.Except(Bad).Any() || warned.Distinct().Count() < warned.Length || (!after.WasKilled && !warned.SequenceEqual(Bad)))
        {
            yield return $"it was warned of {string.Join(" and ", warned)}";
        }

        if (told.Except(warned).Any() || told.Distinct().Count() < told.Length)
        {
            yield return $"the agent was told of {string.Join(" and ", told)}, and {string.Join(" and ", warned)} is on the record";
        }

        if (!state.Quality.Measured.Any())
        {
            yield return "nothing that was measured is on the record";
        }
    }
}
