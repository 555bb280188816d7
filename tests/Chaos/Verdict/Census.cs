using VoiceFunctions.Chaos.Calls;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Simulator.GroundTruth;

namespace VoiceFunctions.Chaos.Verdict;

/// <summary>Which rooms and which callers belong to which call.</summary>
internal static class Census
{
    /// <summary>A call, as the world outside of the gateway knows it.</summary>
    public sealed record Entry(CallId CallId, PlacedCall? Placed, IReadOnlyList<RoomTruth> Rooms)
    {
        /// <summary>How it can be found again.</summary>
        public string Name => Placed is { Plan: var plan }
            ? $"{CallId} (call {plan.Number} {plan.Way}: {plan.Plot})"
            : $"{CallId} (nobody's room)";
    }

    /// <summary>Every call that left a trace: a room, or a sid at Twilio.</summary>
    public static IReadOnlyList<Entry> Of(IReadOnlyCollection<PlacedCall> placed, IReadOnlyList<RoomTruth> rooms, RoomNaming naming)
    {
        var byCaller = placed.ToDictionary(call => call.Plan.Caller.From, StringComparer.Ordinal);
        var byRoom = placed.SelectMany(call => (call.Experience?.Rooms ?? []).Select(room => (room, call)))
            .DistinctBy(pair => pair.room)
            .ToDictionary(StringComparer.Ordinal);
        var byCall = rooms.GroupBy(room => naming.CallOf(room.Name, room.Sid)).ToDictionary(group => group.Key, group => group.ToList());
        var entries = new List<Entry>();
        foreach (var call in placed)
        {
            if (call.Experience?.CallSid is { } callSid && CallId.ForTwilio(callSid) is var callId)
            {
                entries.Add(new Entry(callId, call, byCall.Remove(callId, out var sessions) ? sessions : []));
            }
        }

        foreach (var (callId, sessions) in byCall)
        {
            var caller = sessions.Select(room => room.Caller).FirstOrDefault(number => number is not null);
            entries.Add(new Entry(
                callId,
                (caller is null ? null : byCaller.GetValueOrDefault(caller)) ?? byRoom.GetValueOrDefault(sessions[0].Name),
                sessions));
        }

        return entries;
    }
}
