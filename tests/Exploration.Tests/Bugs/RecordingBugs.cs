using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Api.Egress;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Exploration.Bugs;

/// <summary>Starts a recording once more when nobody knows whether the first was started.</summary>
internal sealed class BlindRecording(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override async Task<LiveKitOutcome<LiveKitEgress>> StartEgressAsync(
        LiveKitEgressRequest request, CancellationToken cancellationToken)
    {
        var outcome = await Inner.StartEgressAsync(request, cancellationToken);
        return outcome is LiveKitOutcome<LiveKitEgress>.Unknown ? await Inner.StartEgressAsync(request, cancellationToken) : outcome;
    }
}

/// <summary>Does not look for the recording that an earlier attempt may have started.</summary>
internal sealed class RecordingsUnseen(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override Task<LiveKitOutcome<IReadOnlyList<LiveKitEgress>>> ListEgressAsync(string room, CancellationToken cancellationToken) =>
        Task.FromResult<LiveKitOutcome<IReadOnlyList<LiveKitEgress>>>(new LiveKitOutcome<IReadOnlyList<LiveKitEgress>>.Ok([]));
}

/// <summary>Takes every recording for stopped.</summary>
internal sealed class NeverStopped(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override Task<LiveKitOutcome<LiveKitEgress>> StopEgressAsync(string egressId, CancellationToken cancellationToken) =>
        Task.FromResult<LiveKitOutcome<LiveKitEgress>>(
            new LiveKitOutcome<LiveKitEgress>.Ok(new LiveKitEgress { EgressId = egressId, Status = LiveKitEgressStatus.Ending }));
}
