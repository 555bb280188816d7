using System.Globalization;
using System.Runtime.InteropServices;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Slices;
using VoiceFunctions.Core.Calls.State.Recorded;
using VoiceFunctions.Core.Lifecycle;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>
/// The state of a call, computed from its journal. It has slices: each feature has one, with its own <c>Apply</c>. A slice keeps the
/// earliest event of each kind, so any order and any repetition of the same events give the same state.
/// </summary>
public sealed record CallState(CallId CallId)
{
    private static readonly Dictionary<string, EffectClaim> NoClaims = [];

    private Dictionary<string, EffectClaim> claims = NoClaims;
    private Conclusions concluded = new();

    /// <summary>The legs.</summary>
    public CallLegs Legs { get; private set; } = CallLegs.None;

    /// <summary>The sessions of the room.</summary>
    public CallRooms Rooms { get; private set; } = CallRooms.None;

    /// <summary>Twilio's legs and what Twilio reported.</summary>
    public TwilioLegs Twilio { get; private set; } = TwilioLegs.None;

    /// <summary>The request over the API that started the call, if there was one.</summary>
    public CallRequests Requests { get; private set; } = CallRequests.None;

    /// <summary>The tenant to whom the call belongs.</summary>
    public CallOwnership Ownership { get; private set; } = CallOwnership.None;

    /// <summary>Whether limits and rules for callers accepted the call.</summary>
    public CallScreening Screening { get; private set; } = CallScreening.None;

    /// <summary>The call that was in the room before this one.</summary>
    public CallSuccession Succession { get; private set; } = CallSuccession.None;

    /// <summary>The jobs that reported that they have finished.</summary>
    public AgentGoodbyes Goodbyes { get; private set; } = AgentGoodbyes.None;

    /// <summary>The measured quality of the legs.</summary>
    public CallQualityReports Quality { get; private set; } = CallQualityReports.None;

    /// <summary>The recordings, and the requests for them.</summary>
    public CallRecordings Recordings { get; private set; } = CallRecordings.None;

    /// <summary>The handoffs that were requested.</summary>
    public CallHandoffs HandoffRequests { get; private set; } = CallHandoffs.None;

    /// <summary>Who answered an outbound call, as the agent reported it.</summary>
    public CalleeVerdicts Verdicts { get; private set; } = CalleeVerdicts.None;

    /// <summary>Which tools its agents used.</summary>
    public CallTools Tools { get; private set; } = CallTools.None;

    /// <summary>Whether somebody wants it to end.</summary>
    public CallEndRequests EndRequests { get; private set; } = CallEndRequests.None;

    /// <summary>What was not stored.</summary>
    public CallOmissions Omissions { get; private set; } = CallOmissions.None;

    /// <summary>The effects' claims by key.</summary>
    public IReadOnlyDictionary<string, EffectClaim> Claims => claims;

    /// <summary>All claims, in no particular order.</summary>
    internal Dictionary<string, EffectClaim>.ValueCollection EveryClaim => claims.Values;

    /// <summary>When the gateway received the first event of the call.</summary>
    public DateTimeOffset FirstEventAt { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>When the gateway received the last event that says something about who is in the room.</summary>
    public DateTimeOffset LastEventAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>When the gateway last received such an event or wrote a claim.</summary>
    public DateTimeOffset ChangedAt
    {
        get
        {
            var last = LastEventAt;
            foreach (var claim in claims.Values)
            {
                last = claim.At > last ? claim.At : last;
            }

            return last;
        }
    }

    /// <summary>The tenant that requested the call, or the tenant of its route; <c>null</c> if it has none.</summary>
    public string? Tenant => Requests.Tenant ?? Ownership.First?.Owner;

    /// <summary>The part of each leg: caller, agent, human and so on.</summary>
    public CallCast Cast => concluded.Cast ??= CallCasting.Of(this);

    /// <summary>The legs that are in the room as far as is known, in the order of their sids.</summary>
    public IEnumerable<LegState> Live => concluded.Live ??= [.. Legs.All.Where(this.IsLive)];

    /// <summary>The callers who are in the room as far as is known.</summary>
    public IEnumerable<LegState> LiveCallers => concluded.LiveCallers ??=
        [.. Live.Where(leg => leg is { Role: LegRole.Caller, ConnectedAt: not null })];

    /// <summary>The voice agents that are in the room as far as is known.</summary>
    public IEnumerable<LegState> LiveAgents => concluded.LiveAgents ??=
        [.. Live.Where(leg => leg.Role == LegRole.Agent && Cast.PartOf(leg.Leg) == LegPart.VoiceAgent)];

    /// <summary>Whoever's phone rings as far as is known: dialled humans, whoever dialled them, and whom the call is for.</summary>
    public IEnumerable<LegState> Ringing => concluded.Ringing ??=
        [.. Live.Where(leg => leg is { Answered: null, Leg: { } described } && (described.IsDialled || described.IsCallee))];

    /// <summary>The first caller who found nobody of the earlier ones in the room any more; <c>null</c> while there is none.</summary>
    public LegState? NextCaller => (concluded.NextCaller ??= [CallTurns.NextCaller(this)])[0];

    /// <summary>
    /// The callers who came into the room after the end, in the order of their coming: each begins a call of their own. One who is the
    /// first caller at all is the call's own, and late; so is whoever comes back with the token of this call.
    /// </summary>
    public IEnumerable<LegState> LaterCallers => concluded.LaterCallers ??= [.. CallTurns.LaterCallers(this)];

    /// <summary>Whom the caller heard, and when.</summary>
    public IReadOnlyList<HeardSpan> Heard => concluded.Heard ??= CallHearing.Of(this);

    /// <summary>What has happened, kept here by whom computes it from the state.</summary>
    internal IReadOnlyList<LifecycleEvent>? Happened
    {
        get => concluded.Happened;
        set => concluded.Happened = value;
    }

    /// <summary>The keys of the claims under which that is published, in its order; kept here likewise.</summary>
    internal IReadOnlyList<string>? PublishKeys
    {
        get => concluded.PublishKeys;
        set => concluded.PublishKeys = value;
    }

    /// <summary>The call's record but for the time of its last change, kept here by whom computes it from the state.</summary>
    internal CallDetailRecord? Record
    {
        get => concluded.Record;
        set => concluded.Record = value;
    }

    /// <summary>
    /// The claims whose key is this prefix (which ends with a colon) and a number, in the order of the numbers. Not for the claims of
    /// chores, such as publishing: the answer may lack the newest of those.
    /// </summary>
    public IEnumerable<(int Number, EffectClaim Claim)> Numbered(string prefix) =>
        (concluded.Numbered ??= ByPrefix()).TryGetValue(prefix, out var alike) ? alike : [];

    /// <summary>Computes the state of a history.</summary>
    public static CallState Of(CallHistory history)
    {
        var state = new CallState(history.CallId)
        {
            claims = history.Claims.ToDictionary(claim => claim.Key, StringComparer.Ordinal),
        };
        foreach (var callEvent in history.Events)
        {
            state.Take(callEvent);
        }

        return state;
    }

    /// <summary>The state with some claims replaced.</summary>
    public CallState With(IEnumerable<EffectClaim> changed)
    {
        // Room for one more: mostly it is one.
        var (all, isOfChores) = (new Dictionary<string, EffectClaim>(claims.Count + 1, StringComparer.Ordinal), true);
        foreach (var (key, claim) in claims)
        {
            all.Add(key, claim);
        }

        foreach (var claim in changed)
        {
            all[claim.Key] = claim;
            isOfChores &= CallEffect.IsOfChore(claim.Key);
        }

        return this with { claims = all, concluded = isOfChores ? concluded : new Conclusions() };
    }

    /// <summary>The state after one more event.</summary>
    public CallState Apply(CallEvent callEvent)
    {
        var state = this with { concluded = new Conclusions() };
        state.Take(callEvent);
        return state;
    }

    /// <summary>Changes the state itself, which nobody else has seen yet.</summary>
    private void Take(CallEvent callEvent)
    {
        Legs = Legs.Apply(callEvent);
        Rooms = Rooms.Apply(callEvent);
        Twilio = Twilio.Apply(callEvent);
        Requests = Requests.Apply(callEvent);
        Ownership = Ownership.Apply(callEvent);
        Screening = Screening.Apply(callEvent);
        Succession = Succession.Apply(callEvent);
        Goodbyes = Goodbyes.Apply(callEvent);
        Quality = Quality.Apply(callEvent);
        Recordings = Recordings.Apply(CallId, callEvent);
        HandoffRequests = HandoffRequests.Apply(callEvent);
        Verdicts = Verdicts.Apply(callEvent);
        Tools = Tools.Apply(callEvent);
        EndRequests = EndRequests.Apply(callEvent);
        Omissions = Omissions.Apply(callEvent);
        FirstEventAt = callEvent.At < FirstEventAt ? callEvent.At : FirstEventAt;
        LastEventAt = callEvent.At > LastEventAt && !callEvent.Fact.IsAside ? callEvent.At : LastEventAt;
    }

    private Dictionary<string, List<(int Number, EffectClaim Claim)>> ByPrefix()
    {
        var byPrefix = new Dictionary<string, List<(int Number, EffectClaim Claim)>>(StringComparer.Ordinal);
        var byPart = byPrefix.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var claim in claims.Values)
        {
            var colon = claim.Key.IndexOf(':', StringComparison.Ordinal) + 1;
            if (colon > 0 && int.TryParse(claim.Key.AsSpan(colon), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                ref var alike = ref CollectionsMarshal.GetValueRefOrAddDefault(byPart, claim.Key.AsSpan(0, colon), out _);
                (alike ??= []).Add((number, claim));
            }
        }

        foreach (var alike in byPrefix.Values)
        {
            alike.Sort((one, other) => one.Number.CompareTo(other.Number));
        }

        return byPrefix;
    }

    /// <summary>
    /// What follows from the state and is asked for often, each computed at its first use. None of it follows from the claims of chores,
    /// which change nothing in the call; so a state in which only those differ has the same conclusions.
    /// </summary>
    private sealed class Conclusions
    {
        public Dictionary<string, List<(int Number, EffectClaim Claim)>>? Numbered { get; set; }

        public CallCast? Cast { get; set; }

        public IReadOnlyList<LegState>? Live { get; set; }

        public IReadOnlyList<LegState>? LiveCallers { get; set; }

        public IReadOnlyList<LegState>? LiveAgents { get; set; }

        public IReadOnlyList<LegState>? Ringing { get; set; }

        public IReadOnlyList<HeardSpan>? Heard { get; set; }

        /// <summary>One place, which is empty where there is nobody.</summary>
        public LegState?[]? NextCaller { get; set; }

        public IReadOnlyList<LegState>? LaterCallers { get; set; }

        public IReadOnlyList<LifecycleEvent>? Happened { get; set; }

        public IReadOnlyList<string>? PublishKeys { get; set; }

        public CallDetailRecord? Record { get; set; }
    }
}
