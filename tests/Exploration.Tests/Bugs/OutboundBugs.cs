using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Exploration.Bugs;

/// <summary>Takes an agent that was sent for one that is there.</summary>
internal sealed class SentIsThere(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override async Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(
        string room, CancellationToken cancellationToken) =>
        await Inner.ListParticipantsAsync(room, cancellationToken) is LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok answer
            ? new LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok(
            [
                .. answer.Value,
                new LiveKitParticipant
                {
                    Sid = "PA_phantom",
                    Identity = "agent-phantom",
                    Kind = LiveKitParticipantKind.Agent,
                    State = LiveKitParticipantState.Active,
                    Attributes = new Dictionary<string, string> { [LiveKitAttributes.AgentName] = Model.Workers.Agent },
                },
            ])
            : new LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Unavailable(null);
}

/// <summary>Does not look for a phone that an earlier attempt may have made ring.</summary>
internal sealed class PhonesAreNotLookedFor(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override async Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(
        string room, CancellationToken cancellationToken)
    {
        var listed = await Inner.ListParticipantsAsync(room, cancellationToken);
        return listed is LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok { Value: var present }
            ? new LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok(
                [.. present.Where(participant => !CalleeIdentity.IsOne(participant.Identity))])
            : listed;
    }
}
