using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Exploration.Bugs;

/// <summary>Asks for the agent once more when nobody knows whether the first asking was done.</summary>
internal sealed class BlindRetry(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override async Task<LiveKitOutcome<LiveKitDispatch>> CreateDispatchAsync(
        LiveKitDispatchRequest request, CancellationToken cancellationToken)
    {
        var outcome = await Inner.CreateDispatchAsync(request, cancellationToken);
        return outcome is LiveKitOutcome<LiveKitDispatch>.Unknown ? await Inner.CreateDispatchAsync(request, cancellationToken) : outcome;
    }
}

/// <summary>Does not look for what an earlier attempt may have done.</summary>
internal sealed class NoReconciling(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override Task<LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>> ListDispatchesAsync(
        string room, CancellationToken cancellationToken) =>
        Task.FromResult<LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>>(new LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>.Ok([]));
}

/// <summary>Takes an outage for an empty room.</summary>
internal sealed class OutageIsEmpty(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override async Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(
        string room, CancellationToken cancellationToken) =>
        await Inner.ListParticipantsAsync(room, cancellationToken) is LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok answer
            ? answer
            : new LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok([]);
}

/// <summary>Keeps the first list of a room's participants and answers from it.</summary>
internal sealed class ListIsKept(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    private LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>? kept;

    public override async Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(
        string room, CancellationToken cancellationToken)
    {
        if (kept is not null)
        {
            return kept;
        }

        var outcome = await Inner.ListParticipantsAsync(room, cancellationToken);
        kept = outcome as LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok;
        return outcome;
    }
}

/// <summary>Asks for the human once more when nobody knows whether their phone rings, and does not look who is there.</summary>
internal sealed class BlindDialling(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override async Task<LiveKitOutcome<LiveKitSipParticipant>> CreateSipParticipantAsync(
        LiveKitSipParticipantRequest request, CancellationToken cancellationToken)
    {
        var outcome = await Inner.CreateSipParticipantAsync(request, cancellationToken);
        return outcome is LiveKitOutcome<LiveKitSipParticipant>.Unknown
            ? await Inner.CreateSipParticipantAsync(request, cancellationToken)
            : outcome;
    }
}

/// <summary>Does not put out the agent that it replaces.</summary>
internal sealed class NothingCleared(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override Task<LiveKitOutcome<LiveKitDispatch>> DeleteDispatchAsync(
        string room, string dispatchId, CancellationToken cancellationToken) =>
        Task.FromResult<LiveKitOutcome<LiveKitDispatch>>(new LiveKitOutcome<LiveKitDispatch>.Ok(new LiveKitDispatch { Id = dispatchId }));

    public override Task<LiveKitOutcome<LiveKitDone>> RemoveParticipantAsync(
        string room, string identity, CancellationToken cancellationToken) =>
        Task.FromResult<LiveKitOutcome<LiveKitDone>>(new LiveKitOutcome<LiveKitDone>.Ok(new LiveKitDone()));
}

/// <summary>Takes every deletion for done.</summary>
internal sealed class DeletionIsDone(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override async Task<LiveKitOutcome<LiveKitDone>> DeleteRoomAsync(string room, CancellationToken cancellationToken)
    {
        await Inner.DeleteRoomAsync(room, cancellationToken);
        return new LiveKitOutcome<LiveKitDone>.Ok(new LiveKitDone());
    }
}

/// <summary>Leaves the surplus agent inside.</summary>
internal sealed class NobodyRemoved(ILiveKitApi inner) : DelegatingLiveKit(inner)
{
    public override Task<LiveKitOutcome<LiveKitDone>> RemoveParticipantAsync(
        string room, string identity, CancellationToken cancellationToken) =>
        Task.FromResult<LiveKitOutcome<LiveKitDone>>(new LiveKitOutcome<LiveKitDone>.Ok(new LiveKitDone()));
}
