using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Calls.Handover;

/// <summary>
/// Calls a human into the room of a caller whom no agent serves, over LiveKit's outbound trunk. Each CreateSIPParticipant that is
/// done rings a phone: so the room's participants are looked at first, and a call of which nobody knows whether it was made is looked
/// for before it is made again.
/// </summary>
/// <param name="liveKit">LiveKit.</param>
/// <param name="participants">Reads participants.</param>
/// <param name="agents">Removes the agents first: nobody speaks over the human.</param>
/// <param name="trunk">The outbound trunk; <c>null</c> where there is none.</param>
public sealed class HumanDialer(ILiveKitApi liveKit, ParticipantMapper participants, AgentDispatcher agents, OutboundTrunk? trunk)
{
    /// <summary>How often it is tried; then the call ends without a human.</summary>
    public const int MaxAttempts = 4;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>Rings one of the route's humans, unless a leg of theirs is there already. The caller is in the room.</summary>
    public async Task<EffectOutcome> CallAsync(EffectContext context, CallEffect.CallHuman effect, CancellationToken cancellationToken)
    {
        var (state, attempt) = (context.State, context.Attempt);
        if (trunk is null || context.Route.Fallback.Humans.ElementAtOrDefault(effect.Index) is not { } human)
        {
            return new EffectOutcome.GaveUp("no_human");
        }

        if (human.E164 == state.CalledNumber || state.Callers.Any(leg => leg.Leg!.PhoneNumber == human.E164))
        {
            // A call to the number that was called would come back here, and the caller's own is busy.
            return new EffectOutcome.GaveUp("own_number");
        }

        var room = state.Rooms.Name!;
        switch (await IsThereAsync(state, effect.Index, cancellationToken))
        {
            case true:
                return new EffectOutcome.Done("present");
            case null:
                return Later(attempt, "list_participants");
        }

        if (!await agents.ClearAsync(state, cancellationToken))
        {
            return Later(attempt, "clear");
        }

        var request = new LiveKitSipParticipantRequest(trunk.Id, human.E164, room, HumanIdentity.Of(state.CallId, effect.Index))
        {
            From = trunk.From?.E164,
            RingingTimeout = context.Route.Fallback.RingTime,
            RequestId = HumanIdentity.RequestIdOf(state.CallId, effect.Index + 1),
        };
        return await liveKit.CreateSipParticipantAsync(request, cancellationToken) switch
        {
            LiveKitOutcome<LiveKitSipParticipant>.Ok { Value: var ringing } => new EffectOutcome.Done($"rings:{ringing.SipCallId}"),
            LiveKitOutcome<LiveKitSipParticipant>.Unknown when await IsThereAsync(state, effect.Index, cancellationToken) == true =>
                new EffectOutcome.Done("present"),
            LiveKitOutcome<LiveKitSipParticipant>.Unknown => Later(attempt, "unknown"),
            LiveKitOutcome<LiveKitSipParticipant>.Unavailable => Later(attempt, "unavailable"),
            _ => new EffectOutcome.GaveUp("refused"),
        };
    }

    private async Task<bool?> IsThereAsync(CallState state, int index, CancellationToken cancellationToken)
    {
        var listed = await liveKit.ListParticipantsAsync(state.Rooms.Name!, cancellationToken);
        return listed is LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var present }
            ? present
                .Select(participants.LegOf)
                .Any(leg => leg.Role == LegRole.Human && leg.Identity == HumanIdentity.Of(state.CallId, index))
            : null;
    }

    private static EffectOutcome Later(int attempt, string reason) =>
        attempt >= MaxAttempts ? new EffectOutcome.GaveUp(reason) : new EffectOutcome.TryAgain(Soon, reason);
}
