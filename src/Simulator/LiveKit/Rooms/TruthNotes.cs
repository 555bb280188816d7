using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.GroundTruth;

namespace VoiceFunctions.Simulator.LiveKit.Rooms;

/// <summary>Keeps the truth of a room while things happen in it. To be called under the directory's lock.</summary>
internal static class TruthNotes
{
    public static TruePart PartOf(Participant participant, Func<string, bool> isOwnAgent) => participant switch
    {
        { IsHidden: true } => TruePart.Nobody,
        { Kind: ParticipantKind.Agent or ParticipantKind.Standard, OnBehalfOf: not null } => TruePart.Avatar,
        { Kind: ParticipantKind.Agent } => isOwnAgent(participant.Attributes.GetValueOrDefault(LiveKitAttributes.AgentName) ?? "")
            ? TruePart.VoiceAgent
            : TruePart.Helper,
        { IsDialledByApi: true } when CalleeIdentity.IsOne(participant.Identity) => TruePart.Caller,
        { IsDialledByApi: true } or { Kind: ParticipantKind.Standard, IsHumansToken: true } => TruePart.OurHuman,
        { IsDialledOut: true } => TruePart.Human,
        { Kind: ParticipantKind.Sip or ParticipantKind.Connector } or { IsCallersToken: true } => TruePart.Caller,
        { Kind: ParticipantKind.Standard } => TruePart.Human,
        _ => TruePart.Nobody,
    };

    public static void Joined(Participant participant, DateTimeOffset now)
    {
        var (room, truth) = (participant.Room, participant.Room.Truth);
        switch (participant.Part)
        {
            case TruePart.VoiceAgent:
                truth.AgentsJoined++;
                participant.Truth = new AgentTruth(participant.Identity, now);
                truth.Agents = [.. truth.Agents, participant.Truth];
                truth.MostAgentsLive = Math.Max(
                    truth.MostAgentsLive,
                    room.Participants.Count(other => other is { Part: TruePart.VoiceAgent, IsLive: true }));
                break;
            case TruePart.Caller:
                truth.Caller ??= participant.Attributes.GetValueOrDefault(LiveKitAttributes.SipPhoneNumber) ?? participant.Owner;
                truth.CallerJoinedAt ??= now;
                if (participant.IsDialledByApi)
                {
                    truth.CalleeRang++;
                    truth.CalleeRangForNobody += room.Participants.Exists(other => other.Part == TruePart.VoiceAgent) ? 0 : 1;
                }

                break;
            default:
                participant.Presence = new PresenceTruth(participant.Identity, participant.Part, now);
                truth.Others = [.. truth.Others, participant.Presence];
                truth.PhonesDialled += participant.IsDialledOut ? 1 : 0;
                truth.PhoneDialledAt ??= participant.IsDialledOut ? now : null;
                break;
        }
    }

    /// <summary>Whether somebody can be heard may have changed.</summary>
    public static void Heard(Participant participant, DateTimeOffset now)
    {
        var isHeard = participant is { IsAudible: true, Voice: Voice.Human or Voice.Agent };
        participant.HeardSince = isHeard ? participant.HeardSince ?? now : null;
        NoteOverlap(participant.Room, now);
        if (!isHeard)
        {
            return;
        }

        participant.Presence?.HeardAt ??= now;
        var agent = participant.Part == TruePart.Avatar ? participant.Room.Find(participant.OnBehalfOf!) : participant;
        if (agent?.Truth is { } truth)
        {
            truth.AudibleAt ??= now;
            participant.Room.Truth.AgentAudioAt ??= now;
        }
    }

    /// <summary>Whether an agent of the gateway's speaks while a human talks whom the gateway dialled.</summary>
    private static void NoteOverlap(Room room, DateTimeOffset now)
    {
        // Who came with a token talks beside the agent where they want to; a human who was called takes the caller over.
        var isBoth = room.Participants.Exists(other =>
                other is { IsDialledByApi: true, Part: TruePart.OurHuman, IsAudible: true, Voice: Voice.Human })
            && room.Participants.Exists(other => other is { Part: TruePart.VoiceAgent or TruePart.Avatar, IsAudible: true });
        if (room.OverlapSince is { } since && now - since > room.Truth.SpokenOverHuman)
        {
            room.Truth.SpokenOverHuman = now - since;
        }

        room.OverlapSince = isBoth ? room.OverlapSince ?? now : null;
    }

    public static void Left(Participant participant, DateTimeOffset now)
    {
        if (participant.Truth is { } agent)
        {
            agent.LeftAt = now;
            agent.GoneAt ??= now;
        }

        participant.Presence?.LeftAt = now;
        if (participant.Part == TruePart.Caller)
        {
            participant.Room.Truth.CallerLeftAt = now;
        }
    }
}
