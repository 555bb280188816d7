using System.Collections.ObjectModel;
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
    /// <summary>Computed at the first use and then kept, because a call with many legs has many claims.</summary>
    private Dictionary<string, List<(int Number, EffectClaim Claim)>>? numbered;

    /// <summary>Computed at the first use, like the one above.</summary>
    private CallCast? cast;

    /// <summary>Computed at the first use, like the ones above.</summary>
    private IReadOnlyList<LegState>? live;

    /// <summary>Computed at the first use, like the ones above.</summary>
    private IReadOnlyList<HeardSpan>? heard;

    /// <summary>Computed at the first use, like the ones above; nobody is one of none.</summary>
    private LegState?[]? nextCaller;

    /// <summary>The legs.</summary>
    public CallLegs Legs
    {
        get;
        private set => (field, cast, live, heard, nextCaller) = (value, null, null, null, null);
    } = CallLegs.None;

    /// <summary>The sessions of the room.</summary>
    public CallRooms Rooms
    {
        get;
        private set => (field, live, heard, nextCaller) = (value, null, null, null);
    } = CallRooms.None;

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
    public CallHandoffs HandoffRequests
    {
        get;
        private set => (field, heard) = (value, null);
    } = CallHandoffs.None;

    /// <summary>Who answered an outbound call, as the agent reported it.</summary>
    public CalleeVerdicts Verdicts { get; private set; } = CalleeVerdicts.None;

    /// <summary>Which tools its agents used.</summary>
    public CallTools Tools { get; private set; } = CallTools.None;

    /// <summary>Whether somebody wants it to end.</summary>
    public CallEndRequests EndRequests { get; private set; } = CallEndRequests.None;

    /// <summary>What was not stored.</summary>
    public CallOmissions Omissions { get; private set; } = CallOmissions.None;

    /// <summary>The effects' claims by key.</summary>
    public IReadOnlyDictionary<string, EffectClaim> Claims
    {
        get;
        private set => (field, numbered, cast, live, heard, nextCaller) = (value, null, null, null, null, null);
    } = ReadOnlyDictionary<string, EffectClaim>.Empty;

    /// <summary>When the gateway received the first event of the call.</summary>
    public DateTimeOffset FirstEventAt { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>When the gateway received the last event that says something about who is in the room.</summary>
    public DateTimeOffset LastEventAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>The tenant that requested the call, or the tenant of its route; <c>null</c> if it has none.</summary>
    public string? Tenant => Requests.Tenant ?? Ownership.First?.Owner;

    /// <summary>The part of each leg: caller, agent, human and so on.</summary>
    public CallCast Cast => cast ??= CallCasting.Of(this);

    /// <summary>The legs that are in the room as far as is known, in the order of their sids.</summary>
    public IEnumerable<LegState> Live => live ??= [.. Legs.All.Where(this.IsLive)];

    /// <summary>The first caller who found nobody of the earlier ones in the room any more; <c>null</c> while there is none.</summary>
    public LegState? NextCaller => (nextCaller ??= [CallTurns.NextCaller(this)])[0];

    /// <summary>What has happened, kept here by whom computes it from the state.</summary>
    internal IReadOnlyList<LifecycleEvent>? Happened { get; set; }

    /// <summary>Whom the caller heard, and when.</summary>
    public IReadOnlyList<HeardSpan> Heard => heard ??= [.. CallHearing.Of(this)];

    /// <summary>The claims whose key is this prefix (which ends with a colon) and a number, in the order of the numbers.</summary>
    public IEnumerable<(int Number, EffectClaim Claim)> Numbered(string prefix) =>
        (numbered ??= ByPrefix(Claims.Values)).TryGetValue(prefix, out var claims) ? claims : [];

    /// <summary>Computes the state of a history.</summary>
    public static CallState Of(CallHistory history) => new CallState(history.CallId).Apply(history.Events).With(history.Claims);

    /// <summary>The state with some claims replaced.</summary>
    public CallState With(IEnumerable<EffectClaim> claims)
    {
        var all = new Dictionary<string, EffectClaim>(Claims, StringComparer.Ordinal);
        foreach (var claim in claims)
        {
            all[claim.Key] = claim;
        }

        return this with { Claims = all, Happened = null };
    }

    /// <summary>The state after one more event.</summary>
    public CallState Apply(CallEvent callEvent) => Apply([callEvent]);

    /// <summary>The state after more events: one copy, which nobody else sees before it has taken all of them.</summary>
    private CallState Apply(IReadOnlyList<CallEvent> events)
    {
        var state = this with { Happened = null };
        foreach (var callEvent in events)
        {
            state.Take(callEvent);
        }

        return state;
    }

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

    private static Dictionary<string, List<(int Number, EffectClaim Claim)>> ByPrefix(IEnumerable<EffectClaim> claims)
    {
        var byPrefix = new Dictionary<string, List<(int Number, EffectClaim Claim)>>(StringComparer.Ordinal);
        var byPart = byPrefix.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var claim in claims)
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
}
