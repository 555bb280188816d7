using VoiceFunctions.Chaos.Calls;
using VoiceFunctions.Chaos.Faults;
using VoiceFunctions.Chaos.Measures;
using VoiceFunctions.Simulator.Phones;

namespace VoiceFunctions.Chaos.Verdict;

/// <summary>What a whole run came to.</summary>
internal sealed class Outcome
{
    /// <summary>Adds everything up.</summary>
    /// <param name="calls">Every call that left a trace.</param>
    /// <param name="placed">Every call that was placed.</param>
    /// <param name="defects">Every defect.</param>
    /// <param name="outages">When no gateway could work.</param>
    public Outcome(
        IReadOnlyList<CallEvidence> calls, IReadOnlyCollection<PlacedCall> placed, IReadOnlyList<Defect> defects, Outages outages)
    {
        Calls = placed.Count;
        Defects = defects;
        var known = calls.Where(call => call.IsCall && !DefectRules.IsUntold(call, outages)).ToList();
        Untold = calls.Count(call => DefectRules.IsUntold(call, outages));
        Started = known.Count;
        Ended = known.Count(call => call.Sample is { IsCall: true, End: not null });
        Active = known.Count(call => call.Sample is { IsCall: true, End: null });
        ToldAgain = calls.Sum(call => Math.Max(0, call.ToldEnds.Count - 1));
        Unprinted = known.Count(call => call.Sample.EndWasTold && call.ToldEnds.Count == 0);
        UnusedRooms = calls.Sum(call => call.Rooms.Count(room => !room.WasUsed));
        ApplicationErrors = placed.Count(call => call.Experience?.Heard.OfType<Heard.ApplicationError>().Any() == true);
        HandedOver = calls.Count(call => call.Rooms.Any(room => room.HandedOverAt is not null));
        TurnedAway = known.Count(call => call.Sample.IsTurnedAway);
        EventsTaken = known.Sum(call => call.Received.Count);
        EventsAgain = known.Sum(call => call.Received.Count - call.Received.DistinctBy(one => one.Id).Count());
        ToolOutcomes =
        [
            .. known.SelectMany(call => call.Sample.Tools).CountBy(tool => tool.Outcome ?? "none").OrderByDescending(tool => tool.Value),
        ];
        Measured = known.Count(call => call.Sample.WasMeasured);
        Warnings = known.Sum(call => call.Sample.Warnings.Count);
        Causes = [.. known.CountBy(call => call.Sample.End?.Cause ?? "none").OrderByDescending(cause => cause.Value)];
        foreach (var call in known)
        {
            foreach (var room in call.Rooms)
            {
                Measure(call, room, outages);
            }
        }
    }

    /// <summary>How many calls were placed.</summary>
    public int Calls { get; }

    /// <summary>How many of them the gateway heard of, or should have: their caller was in a room.</summary>
    public int Started { get; }

    /// <summary>How many have an end in the journal.</summary>
    public int Ended { get; }

    /// <summary>How many the journal has without an end.</summary>
    public int Active { get; }

    /// <summary>How many callers were gone before anybody could know of them.</summary>
    public int Untold { get; }

    /// <summary>Every defect.</summary>
    public IReadOnlyList<Defect> Defects { get; }

    /// <summary>Whether every promise was kept, to calls that are all over.</summary>
    public bool IsKept => Defects.Count == 0 && Active == 0 && Started == Ended;

    /// <summary>How many ends were told again, under the same id, after a kill or a pause of the storage.</summary>
    public int ToldAgain { get; }

    /// <summary>How many ends were told by a process that was killed before it printed them.</summary>
    public int Unprinted { get; }

    /// <summary>How many times two agents could be heard at once, for less than the window.</summary>
    public int Overlaps { get; private set; }

    /// <summary>The longest of those times.</summary>
    public TimeSpan LongestOverlap { get; private set; }

    /// <summary>How many dispatches there were beyond the first of a room.</summary>
    public int MoreDispatches { get; private set; }

    /// <summary>Trunk calls in which a human's phone rang.</summary>
    public int HandedOver { get; }

    /// <summary>How many calls were one too many for their line.</summary>
    public int TurnedAway { get; }

    /// <summary>How many events the receiver took, repetitions included.</summary>
    public int EventsTaken { get; }

    /// <summary>How many of them were repetitions.</summary>
    public int EventsAgain { get; }

    /// <summary>What came of the tool calls.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> ToolOutcomes { get; }

    /// <summary>How many calls have measurements on their record.</summary>
    public int Measured { get; }

    /// <summary>Of how many spikes was warned.</summary>
    public int Warnings { get; }

    /// <summary>Rooms in which nobody ever was, which LiveKit closes by itself.</summary>
    public int UnusedRooms { get; }

    /// <summary>Callers who heard that an application error has occurred: Twilio got no TwiML within its tries.</summary>
    public int ApplicationErrors { get; }

    /// <summary>The causes of the ends.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Causes { get; }

    /// <summary>From a caller's joining to the first CreateDispatch.</summary>
    public Samples Dispatch { get; } = new();

    /// <summary>From the last phone's leaving to the end in the journal.</summary>
    public Samples End { get; } = new();

    /// <summary>From the end in the journal to the room's closing.</summary>
    public Samples Room { get; } = new();

    private void Measure(CallEvidence call, RoomFacts room, Outages outages)
    {
        if (DefectRules.LongestOverlap(room, call.JudgedAt, outages) is var overlap
            && overlap > TimeSpan.Zero
            && overlap <= DefectRules.AllowedOverlap(call))
        {
            Overlaps++;
            LongestOverlap = overlap > LongestOverlap ? overlap : LongestOverlap;
        }

        MoreDispatches += Math.Max(0, room.DispatchedAt.Count - 1);
        if (room is { CallerJoinedAt: { } joined, DispatchedAt: [var first, ..] })
        {
            Dispatch.Add(NotBelowZero(first - joined));
        }

        if (call.Sample.End is { } end)
        {
            if (room.CallerLeftAt is { } left)
            {
                End.Add(NotBelowZero(end.At - left));
            }

            if (room.ClosedAt is { } closed)
            {
                Room.Add(NotBelowZero(closed - end.At));
            }
        }
    }

    private static TimeSpan NotBelowZero(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
