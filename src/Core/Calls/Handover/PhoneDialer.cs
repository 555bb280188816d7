using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Calls.Handover;

/// <summary>
/// Dials a human's phone into a call's room over LiveKit's outbound trunk. Each CreateSIPParticipant that is done rings a phone: so whoever
/// dials looks at the room's participants first, and a call that may have been made is looked for before it is made again.
/// </summary>
/// <param name="liveKit">LiveKit.</param>
/// <param name="participants">Reads participants.</param>
/// <param name="trunk">The outbound trunk; <c>null</c> where there is none.</param>
public sealed class PhoneDialer(ILiveKitApi liveKit, ParticipantMapper participants, OutboundTrunk? trunk)
{
    /// <summary>How often it is tried; then that human is given up.</summary>
    public const int MaxAttempts = 4;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>Whether there is a trunk to dial over.</summary>
    public bool CanDial => trunk is not null;

    /// <summary>
    /// Whether a number is a caller's, who is busy, or the one that was called, from which a call would come back here.
    /// </summary>
    public static bool IsOwn(CallState state, PhoneNumber number) =>
        CallerAddress.MayBe(state.CalledNumber, number) || state.Callers.Any(leg => CallerAddress.MayBe(leg.Leg!.PhoneNumber, number));

    /// <summary>Who of the call's dialled humans is in the room; <c>null</c> where LiveKit does not say.</summary>
    public async Task<IReadOnlyList<Leg>?> HumansInsideAsync(CallState state, CancellationToken cancellationToken) =>
        await liveKit.ListParticipantsAsync(state.Rooms.Name!, cancellationToken)
            is LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var present }
            ? [.. present.Select(participants.LegOf).Where(leg => leg.Role == LegRole.Human)]
            : null;

    /// <summary>Rings a phone whose leg is not in the room.</summary>
    /// <param name="context">The call, and the attempt.</param>
    /// <param name="number">Whose phone.</param>
    /// <param name="identity">What the leg is called in the room.</param>
    /// <param name="ringTime">How long it rings.</param>
    /// <param name="requestId">Names this one dialling.</param>
    /// <param name="plays">Whether the room hears a ringing tone, where nobody else is heard.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<EffectOutcome> DialAsync(
        EffectContext context,
        PhoneNumber number,
        string identity,
        TimeSpan ringTime,
        string requestId,
        bool plays,
        CancellationToken cancellationToken)
    {
        var request = new LiveKitSipParticipantRequest(trunk!.Id, number.E164, context.State.Rooms.Name!, identity)
        {
            From = trunk.From?.E164,
            RingingTimeout = ringTime,
            RequestId = requestId,
            PlayDialtone = plays,
        };
        return await liveKit.CreateSipParticipantAsync(request, cancellationToken) switch
        {
            LiveKitOutcome<LiveKitSipParticipant>.Ok { Value: var ringing } => new EffectOutcome.Done($"rings:{ringing.SipCallId}"),
            LiveKitOutcome<LiveKitSipParticipant>.Unknown when await HumansInsideAsync(context.State, cancellationToken) is { } inside
                && inside.Any(leg => leg.Identity == identity) => new EffectOutcome.Done("present"),
            LiveKitOutcome<LiveKitSipParticipant>.Unknown => Later(context.Attempt, "unknown"),
            LiveKitOutcome<LiveKitSipParticipant>.Unavailable => Later(context.Attempt, HandoffFailure.Unavailable),
            _ => new EffectOutcome.GaveUp(HandoffFailure.Refused),
        };
    }

    /// <summary>Another attempt soon, or none where there were enough.</summary>
    internal static EffectOutcome Later(int attempt, string reason) =>
        attempt >= MaxAttempts ? new EffectOutcome.GaveUp(reason) : new EffectOutcome.TryAgain(Soon, reason);
}
