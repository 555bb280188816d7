using VoiceFunctions.Core.Tools;
using VoiceFunctions.KillEverywhere.Runs;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.Scenarios;
using VoiceFunctions.Simulator.Tenants;

namespace VoiceFunctions.KillEverywhere.Kinds;

/// <summary>A call whose agent looks for a tee time, books it, asking three times at once, and cancels it again.</summary>
internal static class ToolKind
{
    private static readonly ToolStep[] Uses =
    [
        new(TimeSpan.FromSeconds(1), "searchTeeTimes", """{"date":"2026-01-06","players":2}"""),
        new(TimeSpan.FromSeconds(1), "bookTeeTime", """{"teeTimeId":"T-0900","players":2}""") { Askings = 3 },
        new(TimeSpan.FromSeconds(1), GolfClub.AskedOnce[0], """{"reservationId":"R-1"}"""),
    ];

    /// <summary>Over a SIP trunk.</summary>
    public static CallKind UsesTools { get; } = CallKind.Trunk with
    {
        Name = "a call whose agent uses tools",
        Agent = agent => agent with { Tools = Uses },
        Stays = CallKind.AfterALease,
        Steps = ["use of ", "answer of ", "ask "],
        Promises = Broken,
    };

    private static IEnumerable<string> Broken(Aftermath after)
    {
        var (club, state) = (after.Network.GolfClub, after.Calls[0].State);
        var told = after.Rooms.SelectMany(room => room.Tools).ToLookup(use => use.Tool);
        if (state.Tools.Count != Uses.Length)
        {
            yield return $"{state.Tools.Count} tool calls are on the record";
        }

        ToolTruth[] answers = [.. told.SelectMany(one => one)];
        foreach (var broken in ToolPromises.Broken(
            state.CallId.Value, [.. state.Tools.InOrder.Select(use => use.Record)], answers, club.Keys))
        {
            yield return broken;
        }

        foreach (var use in Uses)
        {
            foreach (var broken in Broken(after, use, [.. told[use.Tool]]))
            {
                yield return $"{use.Tool}: {broken}";
            }
        }

        if (club.Booked > 1 || club.Cancelled > 1)
        {
            yield return $"the club booked {club.Booked} times and cancelled {club.Cancelled} times";
        }
    }

    private static IEnumerable<string> Broken(Aftermath after, ToolStep use, IReadOnlyList<ToolTruth> told)
    {
        var state = after.Calls[0].State;
        string[] answers = [.. told.Select(one => one.Answer).Distinct()];
        if (told.Count != use.Askings || answers is not [{ Length: > 0 }])
        {
            yield return $"asked {use.Askings} times, the agent was told {string.Join(" and ", told.Select(one => one.Answer))}";
            yield break;
        }

        if (state.Tools.InOrder.SingleOrDefault(one => one.Tool == use.Tool) is not { Answer: { } recorded } known)
        {
            yield return "what came of it is not on the record";
            yield break;
        }

        var asked = after.Network.GolfClub.Keys.Count(key => key == $"{state.CallId}.{known.ToolCall}");
        var isOnce = GolfClub.AskedOnce.Contains(use.Tool);
        if (recorded.Outcome != ToolOutcome.Done && !(after.WasKilled && isOnce && recorded.Outcome == ToolOutcome.Unknown))
        {
            yield return $"it came to {recorded.Outcome}";
        }

        if (asked > (after.WasKilled && !isOnce ? 2 : 1) || (recorded.Outcome == ToolOutcome.Done && asked == 0))
        {
            yield return $"the backend was asked {asked} times";
        }
    }
}
