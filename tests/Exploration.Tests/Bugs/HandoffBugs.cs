using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Exploration.Bugs;

/// <summary>Takes every track for muted.</summary>
internal sealed class MuteIsDone(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override Task<LiveKitOutcome<LiveKitDone>> MuteTrackAsync(
        string room, string identity, string trackSid, CancellationToken cancellationToken) =>
        Task.FromResult<LiveKitOutcome<LiveKitDone>>(new LiveKitOutcome<LiveKitDone>.Ok(new LiveKitDone()));
}

/// <summary>Asks the trunk once more when nobody knows whether it gave the caller away.</summary>
internal sealed class BlindTransfer(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override async Task<LiveKitOutcome<LiveKitTransfer>> TransferSipParticipantAsync(
        LiveKitTransferRequest request, CancellationToken cancellationToken)
    {
        var outcome = await Inner.TransferSipParticipantAsync(request, cancellationToken);
        return outcome is LiveKitOutcome<LiveKitTransfer>.Unknown
            ? await Inner.TransferSipParticipantAsync(request, cancellationToken)
            : outcome;
    }
}
