using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.RoomDeletion;

/// <summary>Takes a caller whose call has ended out of a room that LiveKit cannot delete, by the way they came in.</summary>
public interface ICallerRescue
{
    /// <summary>Redirects or hangs up a caller who is still on the line.</summary>
    /// <returns>Inferred events to journal: they keep the caller from being redirected twice.</returns>
    Task<IReadOnlyList<CallEvent>> RescueAsync(CallState state, CancellationToken cancellationToken);
}
