using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Calls.Handover;

/// <summary>
/// Calls a human into the room of a caller whom no agent serves, over LiveKit's outbound trunk. Each CreateSIPParticipant that is done rings a phone, so who is in the room is looked at first, and
/// a call of which nobody knows whether it was made is looked for before it is made again.
/// </summary>
/// <param name="liveKit">LiveKit.</param>
/// <param name="legs">Reads participants.</param>
/// <param name="agents">Puts the agents out first: nobody speaks over the human.</param>
/// <param name="trunkId">The outbound trunk.</param>
/// <param name="from">The number that the human sees; <c>null</c> for the trunk's own.</param>
public sealed class HumanDialer(ILiveKitApi liveKit, ParticipantMapper legs, AgentDispatcher agents, string trunkId, PhoneNumber? from)
{
    /// <summary>How often it is tried; then the call ends without a human.</summary>
    public const int MaxAttempts = 4;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>Rings the human, unless their leg is there already.</summary>
    /// <param name="state">The call; its caller is in the room.</param>
    /// <param name="human">Whom to call.</param>
    /// <param name="attempt">How often this was begun, from 1.</param>
    /// <param name="cancellationToken">Ends the attempt; whether the phone rings is then unknown, and the next attempt looks.</param>
    public async Task<EffectOutcome> CallAsync(CallState state, PhoneNumber human, int attempt, CancellationToken cancellationToken)
    {
        var room = state.RoomName!;
        switch (await IsThereAsync(room, cancellationToken))
        {
            case true:
                return new EffectOutcome.Done("present");
            case null:
                return Later(attempt, "list_participants");
        }

        if (!await agents.ClearAsync(room, cancellationToken))
        {
            return Later(attempt, "clear");
        }

        var request = new LiveKitSipParticipantRequest(trunkId, human.E164, room, HumanIdentity.IdentityOf(state.CallId))
        {
            From = from?.E164,
            RingingTimeout = CallPolicy.HumanRings,
            RequestId = HumanIdentity.RequestIdOf(state.CallId, 1),
        };
        return await liveKit.CreateSipParticipantAsync(request, cancellationToken) switch
        {
            LiveKitOutcome<LiveKitSipParticipant>.Ok { Value: var ringing } => new EffectOutcome.Done($"rings:{ringing.SipCallId}"),
            LiveKitOutcome<LiveKitSipParticipant>.Unknown => await IsThereAsync(room, cancellationToken) == true ? new EffectOutcome.Done("present") : Later(attempt, "unknown"),
            LiveKitOutcome<LiveKitSipParticipant>.Unavailable => Later(attempt, "unavailable"),
            _ => new EffectOutcome.GaveUp("refused"),
        };
    }

    private async Task<bool?> IsThereAsync(string room, CancellationToken cancellationToken) =>
        await liveKit.ListParticipantsAsync(room, cancellationToken) is LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var participants }
            ? participants.Select(legs.Of).Any(leg => leg.Role == LegRole.Human)
            : null;

    private static EffectOutcome Later(int attempt, string reason) => attempt >= MaxAttempts ? new EffectOutcome.GaveUp(reason) : new EffectOutcome.TryAgain(Soon, reason);
}
