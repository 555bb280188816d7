using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Exploration.Bugs;

/// <summary>Two steps swapped: the room is deleted, and then the claim to do so is written.</summary>
internal static class ActsFirst
{
    public static HostPorts Plant(HostPorts ports) => ports with { Journal = new Acting(ports.Journal, ports.LiveKit) };

    private sealed class Acting(ICallJournal inner, ILiveKitApi liveKit) : DelegatingJournal(inner)
    {
        public override async ValueTask<StepOutcome> CommitAsync(
            CallId callId, string version, JournalChange change, CancellationToken cancellationToken)
        {
            if (change.Steps.SelectMany(step => step.Claims).Any(claim =>
                claim.Status == ClaimStatus.Intent && claim.Key.StartsWith(CallEffect.DeleteRoom.ClaimPrefix, StringComparison.Ordinal))
                && await liveKit.ListRoomsAsync([], cancellationToken)
                    is LiveKitOutcome<IReadOnlyList<LiveKitRoom>>.Ok { Value: [var room, ..] })
            {
                await liveKit.DeleteRoomAsync(room.Name, cancellationToken);
            }

            return await Inner.CommitAsync(callId, version, change, cancellationToken);
        }
    }
}
