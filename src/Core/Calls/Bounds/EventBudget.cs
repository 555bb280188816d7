using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.Bounds;

/// <summary>
/// How many events of one call this process stores, so that no flood makes a call too large to end. Beyond that an event is counted and
/// not stored; what the call needs to know is then learnt by asking LiveKit. It costs no request: the counts live in memory, and a process
/// that starts anew begins to count anew.
/// </summary>
public sealed class EventBudget
{
    /// <summary>
    /// How many events of a call are stored that decisions need: those of rooms, callers, agents, dialled humans and Twilio's legs. An
    /// ordinary call has about ten.
    /// </summary>
    public const int MaxFacts = 2_000;

    /// <summary>How many are stored that no decision needs: those of guests and recorders, and webhooks that change nothing.</summary>
    public const int MaxNotes = 500;

    /// <summary>How many are stored that say that a leg began or ceased to publish audio.</summary>
    public const int MaxTracks = 300;

    /// <summary>How many of those are stored of one leg: toggling a track makes two of them each time.</summary>
    public const int MaxTracksOfLeg = 20;

    /// <summary>From how many facts on a call counts as hot: ten times what an ordinary one has.</summary>
    private const int HotFrom = 100;

    /// <summary>How many calls are counted at a time; the ones that were quiet for longest are forgotten.</summary>
    private const int MaxCalls = 4_096;

    private readonly Lock gate = new();
    private Dictionary<CallId, Spent> recent = [];
    private Dictionary<CallId, Spent> older = [];

    /// <summary>Why an event is not to be stored, one of <see cref="OmissionReason"/>; <c>null</c> where it is.</summary>
    public string? Refuses(CallId callId, CallFact fact)
    {
        lock (gate)
        {
            return Find(callId) is { } spent ? spent.Refuses(fact) : null;
        }
    }

    /// <summary>
    /// Whether so much was stored of a call that reading it takes long: then nobody's webhook should wait for it.
    /// </summary>
    public bool IsHot(CallId callId)
    {
        lock (gate)
        {
            return Find(callId) is { Facts: >= HotFrom };
        }
    }

    /// <summary>An event was stored that was new.</summary>
    public void Stored(CallId callId, CallFact fact)
    {
        lock (gate)
        {
            FindOrAdd(callId).Count(fact);
        }
    }

    /// <summary>Whether this process has yet to record that events of the call are omitted for a reason.</summary>
    public bool IsUnrecorded(CallId callId, string reason)
    {
        lock (gate)
        {
            return Find(callId) is not { } spent || !spent.Recorded.Contains(reason);
        }
    }

    /// <summary>That events of the call are omitted for a reason was recorded.</summary>
    public void Recorded(CallId callId, string reason)
    {
        lock (gate)
        {
            FindOrAdd(callId).Recorded.Add(reason);
        }
    }

    private Spent? Find(CallId callId)
    {
        if (recent.TryGetValue(callId, out var spent))
        {
            return spent;
        }

        if (older.TryGetValue(callId, out spent))
        {
            Keep(callId, spent);
        }

        return spent;
    }

    private Spent FindOrAdd(CallId callId)
    {
        if (Find(callId) is { } spent)
        {
            return spent;
        }

        var added = new Spent();
        Keep(callId, added);
        return added;
    }

    private void Keep(CallId callId, Spent spent)
    {
        if (recent.Count >= MaxCalls / 2)
        {
            (older, recent) = (recent, []);
        }

        recent[callId] = spent;
    }

    private sealed class Spent
    {
        private readonly Dictionary<string, int> tracksOfLegs = [];
        private int notes;
        private int tracks;

        public int Facts { get; private set; }

        public HashSet<string> Recorded { get; } = [];

        public string? Refuses(CallFact fact) => fact switch
        {
            CallFact.AudioPublished or CallFact.AudioUnpublished => IsTracksFull(fact.AboutLeg!) ? OmissionReason.TooManyTracks : null,
            { IsNote: true } => notes >= MaxNotes ? OmissionReason.TooManyNotes : null,
            _ => Facts >= MaxFacts ? OmissionReason.TooManyFacts : null,
        };

        private bool IsTracksFull(string leg) => tracks >= MaxTracks || tracksOfLegs.GetValueOrDefault(leg) >= MaxTracksOfLeg;

        public void Count(CallFact fact)
        {
            if (fact is CallFact.AudioPublished or CallFact.AudioUnpublished)
            {
                var sid = fact.AboutLeg!;
                tracks++;
                tracksOfLegs[sid] = tracksOfLegs.GetValueOrDefault(sid) + 1;
            }
            else if (fact.IsNote)
            {
                notes++;
            }
            else
            {
                Facts++;
            }
        }
    }
}
