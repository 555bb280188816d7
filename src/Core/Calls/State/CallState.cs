using System.Collections.Immutable;
using System.Globalization;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Slices;
using VoiceFunctions.Core.Calls.State.Recorded;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>
/// The state of a call, computed from its journal. It has slices: each feature has one, with its own <c>Apply</c>. A slice keeps the
/// earliest event of each kind, so any order and any repetition of the same events give the same state.
/// </summary>
public sealed record CallState(CallId CallId)
{
    /// <summary>Computed at the first use and then kept, because a call with many legs has many claims.</summary>
    private ILookup<string, (int Number, EffectClaim Claim)>? numbered;

    /// <summary>Computed at the first use, like the one above.</summary>
    private CallCast? cast;

    /// <summary>Computed at the first use, like the ones above.</summary>
    private IReadOnlyList<HeardSpan>? heard;

    /// <summary>The legs.</summary>
    public CallLegs Legs
    {
        get;
        private init => (field, cast, heard) = (value, null, null);
    } = CallLegs.None;

    /// <summary>The sessions of the room.</summary>
    public CallRooms Rooms
    {
        get;
        private init => (field, heard) = (value, null);
    } = CallRooms.None;

    /// <summary>Twilio's legs and what Twilio reported.</summary>
    public TwilioLegs Twilio { get; private init; } = TwilioLegs.None;

    /// <summary>The request over the API that started the call, if there was one.</summary>
    public CallRequests Requests { get; private init; } = CallRequests.None;

    /// <summary>The tenant to whom the call belongs.</summary>
    public CallOwnership Ownership { get; private init; } = CallOwnership.None;

    /// <summary>Whether limits and rules for callers accepted the call.</summary>
    public CallScreening Screening { get; private init; } = CallScreening.None;

    /// <summary>The call that was in the room before this one.</summary>
    public CallSuccession Succession { get; private init; } = CallSuccession.None;

    /// <summary>The jobs that reported that they have finished.</summary>
    public AgentGoodbyes Goodbyes { get; private init; } = AgentGoodbyes.None;

    /// <summary>The measured quality of the legs.</summary>
    public CallQualityReports Quality { get; private init; } = CallQualityReports.None;

    /// <summary>The recordings, and the requests for them.</summary>
    public CallRecordings Recordings { get; private init; } = CallRecordings.None;

    /// <summary>The handoffs that were requested.</summary>
    public CallHandoffs HandoffRequests
    {
        get;
        private init => (field, heard) = (value, null);
    } = CallHandoffs.None;

    /// <summary>Who answered an outbound call, as the agent reported it.</summary>
    public CalleeVerdicts Verdicts { get; private init; } = CalleeVerdicts.None;

    /// <summary>Which tools its agents used.</summary>
    public CallTools Tools { get; private init; } = CallTools.None;

    /// <summary>Whether somebody wants it to end.</summary>
    public CallEndRequests EndRequests { get; private init; } = CallEndRequests.None;

    /// <summary>What was not stored.</summary>
    public CallOmissions Omissions { get; private init; } = CallOmissions.None;

    /// <summary>The effects' claims by key.</summary>
    public ImmutableDictionary<string, EffectClaim> Claims
    {
        get;
        private init => (field, numbered, cast, heard) = (value, null, null, null);
    } = ImmutableDictionary<string, EffectClaim>.Empty;

    /// <summary>When the gateway received the first event of the call.</summary>
    public DateTimeOffset FirstEventAt { get; private init; } = DateTimeOffset.MaxValue;

    /// <summary>When the gateway received the last event that says something about who is in the room.</summary>
    public DateTimeOffset LastEventAt { get; private init; } = DateTimeOffset.MinValue;

    /// <summary>The tenant that requested the call, or the tenant of its route; <c>null</c> if it has none.</summary>
    public string? Tenant => Requests.Tenant ?? Ownership.First?.Owner;

    /// <summary>The part of each leg: caller, agent, human and so on.</summary>
    public CallCast Cast => cast ??= CallCasting.Of(this);

    /// <summary>Whom the caller heard, and when.</summary>
    public IReadOnlyList<HeardSpan> Heard => heard ??= [.. CallHearing.Of(this)];

    /// <summary>The claims whose key is this prefix (which ends with a colon) and a number, in the order of the numbers.</summary>
    public IEnumerable<(int Number, EffectClaim Claim)> Numbered(string prefix) =>
        (numbered ??= Claims.Values
            .Select(claim => (Colon: claim.Key.IndexOf(':', StringComparison.Ordinal) + 1, Claim: claim))
            .Select(read => (
                Prefix: read.Claim.Key[..read.Colon],
                IsNumber: int.TryParse(read.Claim.Key.AsSpan(read.Colon), NumberStyles.None, CultureInfo.InvariantCulture, out var number),
                Number: number,
                read.Claim))
            .Where(read => read is { IsNumber: true, Prefix.Length: > 0 })
            .OrderBy(read => read.Number)
            .ToLookup(read => read.Prefix, read => (read.Number, read.Claim), StringComparer.Ordinal))[prefix];

    /// <summary>Computes the state of a history.</summary>
    public static CallState Of(CallHistory history) =>
        history.Events.Aggregate(new CallState(history.CallId), (state, callEvent) => state.Apply(callEvent)).With(history.Claims);

    /// <summary>The state with some claims replaced.</summary>
    public CallState With(IEnumerable<EffectClaim> claims) =>
        this with { Claims = Claims.SetItems(claims.Select(claim => KeyValuePair.Create(claim.Key, claim))) };

    /// <summary>The state after one more event.</summary>
    public CallState Apply(CallEvent callEvent) => this with
    {
        Legs = Legs.Apply(callEvent),
        Rooms = Rooms.Apply(callEvent),
        Twilio = Twilio.Apply(callEvent),
        Requests = Requests.Apply(callEvent),
        Ownership = Ownership.Apply(callEvent),
        Screening = Screening.Apply(callEvent),
        Succession = Succession.Apply(callEvent),
        Goodbyes = Goodbyes.Apply(callEvent),
        Quality = Quality.Apply(callEvent),
        Recordings = Recordings.Apply(CallId, callEvent),
        HandoffRequests = HandoffRequests.Apply(callEvent),
        Verdicts = Verdicts.Apply(callEvent),
        Tools = Tools.Apply(callEvent),
        EndRequests = EndRequests.Apply(callEvent),
        Omissions = Omissions.Apply(callEvent),
        FirstEventAt = callEvent.At < FirstEventAt ? callEvent.At : FirstEventAt,
        LastEventAt = callEvent.At > LastEventAt && !callEvent.Fact.IsAside ? callEvent.At : LastEventAt,
    };
}
