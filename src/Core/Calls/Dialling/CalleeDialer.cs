using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Calls.Dialling;

/// <summary>
/// Calls the phone that a call is for. Each CreateSIPParticipant that is done rings it: so it is looked for in the room and in the journal
/// first, and one that got no clear answer is only looked for, never made again. LiveKit is not asked to wait for the answer:
/// docs/decisions/0030.
/// </summary>
/// <param name="liveKit">LiveKit.</param>
/// <param name="participants">Reads participants.</param>
/// <param name="trunk">The outbound trunk; <c>null</c> where there is none.</param>
public sealed class CalleeDialer(ILiveKitApi liveKit, ParticipantMapper participants, OutboundTrunk? trunk)
{
    /// <summary>How often it is tried, or looked for; then the attempt has failed.</summary>
    public const int MaxAttempts = 4;

    /// <summary>What the claim says of an attempt of which nobody knows whether it was made.</summary>
    internal const string NotKnown = "unknown";

    /// <summary>The same of one that ran out of time.</summary>
    internal const string OutOfTime = "out_of_time";

    private const string NotThere = "not_there";

    /// <summary>How much longer than the route's longest call LiveKit lets it be: it ends it where the gateway is gone.</summary>
    private static readonly TimeSpan BeyondLongest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>Makes an attempt, unless its leg is there already or was.</summary>
    public async Task<EffectOutcome> DialAsync(EffectContext context, CallEffect.Dial effect, CancellationToken cancellationToken)
    {
        var state = context.State;
        if (trunk is null || state.Requests.Request?.To is not { } to)
        {
            return new EffectOutcome.GaveUp("no_trunk");
        }

        var before = state.DialAttempts.FirstOrDefault(attempt => attempt.Number == effect.Attempt);
        if (before?.Leg?.Leg is { } seen)
        {
            return new EffectOutcome.Done($"rings:{seen.SipCallId}");
        }

        var room = state.Rooms.All.MaxBy(session => session.FirstSeen.At)!;
        var session = new RoomSession(state.Rooms.Name!, room.Sid);
        var listed = await FindAsync(state.CallId, session, context.Now, cancellationToken);
        if (listed is EffectOutcome.Done)
        {
            return listed;
        }

        if (before?.Claim is { Status: ClaimStatus.Failed } tried && DialRules.MayHaveRung(tried))
        {
            return Limited(new EffectOutcome.TryAgain(Soon, NotKnown), context.Attempt);
        }

        if (listed is not EffectOutcome.TryAgain { Reason: NotThere })
        {
            return Limited(listed, context.Attempt);
        }

        var request = new LiveKitSipParticipantRequest(trunk.Id, to, session.Name, CalleeIdentity.Of(state.CallId))
        {
            From = state.Requests.Request.From ?? trunk.From?.E164,
            PlayDialtone = false,
            RingingTimeout = context.Route.Timeouts.DialTimeout,
            MaxCallDuration = context.Route.Timeouts.MaxDuration + BeyondLongest,
            RequestId = CallId.Digest($"dial:{state.CallId}:{effect.Attempt}"),
        };
        return Limited(
            await liveKit.CreateSipParticipantAsync(request, cancellationToken) switch
            {
                LiveKitOutcome<LiveKitSipParticipant>.Ok { Value: var ringing } =>
                    Rings(LegOf(ringing, request, context.Now), session, context.Now),
                var failed when SipRefusal.Of(ErrorOf(failed)) is { } word => new EffectOutcome.GaveUp(word),
                LiveKitOutcome<LiveKitSipParticipant>.Unknown =>
                    await FindAsync(state.CallId, session, context.Now, cancellationToken) is EffectOutcome.Done found
                        ? found
                        : new EffectOutcome.TryAgain(Soon, NotKnown),
                LiveKitOutcome<LiveKitSipParticipant>.Unavailable => new EffectOutcome.TryAgain(Soon, "unavailable"),
                _ => new EffectOutcome.GaveUp("refused"),
            },
            context.Attempt);
    }

    /// <summary>Done where LiveKit lists the callee's leg.</summary>
    private async Task<EffectOutcome> FindAsync(CallId callId, RoomSession room, DateTimeOffset now, CancellationToken cancellationToken) =>
        await liveKit.ListParticipantsAsync(room.Name, cancellationToken)
            is not LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var present }
            ? new EffectOutcome.TryAgain(Soon, "list_participants")
            : present.Select(participants.LegOf).FirstOrDefault(leg => leg.Identity == CalleeIdentity.Of(callId)) is { } leg
                ? Rings(leg, room, now)
                : new EffectOutcome.TryAgain(Soon, NotThere);

    private static EffectOutcome.Done Rings(Leg leg, RoomSession room, DateTimeOffset now) =>
        new($"rings:{leg.SipCallId}") { Learnt = [InferredEvents.Joined(leg, room, now)] };

    /// <summary>The leg that LiveKit's answer says is there; its webhooks may be lost.</summary>
    private static Leg LegOf(LiveKitSipParticipant ringing, LiveKitSipParticipantRequest request, DateTimeOffset now) =>
        new(ringing.Sid, request.ParticipantIdentity, LegRole.Caller)
        {
            JoinedAtMs = now.ToUnixTimeMilliseconds(),
            SipCallId = ringing.SipCallId,
            PhoneNumber = request.CallTo,
            CalledNumber = request.From,
            TrunkId = request.SipTrunkId,
            SipCallStatus = LiveKitSipCallStatus.Dialing,
        };

    private static LiveKitError? ErrorOf(LiveKitOutcome<LiveKitSipParticipant> outcome) => outcome switch
    {
        LiveKitOutcome<LiveKitSipParticipant>.NotFound { Error: var error } => error,
        LiveKitOutcome<LiveKitSipParticipant>.Refused { Error: var error } => error,
        LiveKitOutcome<LiveKitSipParticipant>.Unavailable { Error: var error } => error,
        LiveKitOutcome<LiveKitSipParticipant>.Unknown { Error: var error } => error,
        _ => null,
    };

    private static EffectOutcome Limited(EffectOutcome outcome, int attempt) =>
        outcome is EffectOutcome.TryAgain { Reason: var reason } && attempt >= MaxAttempts ? new EffectOutcome.GaveUp(reason) : outcome;
}
