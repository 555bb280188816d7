using VoiceFunctions.Core.Calls.Ending;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.RoomDeletion;

/// <summary>When the room is deleted.</summary>
public static class RoomDeletionRules
{
    /// <summary>After the end.</summary>
    internal static CallEffect? AfterEnd(PolicyContext context) =>
        context.State.RoomMayLive && context.IsDue(EarliestDeletion(context)) ? Next(context) : null;

    /// <summary>A room of ours that never became a call, and in which nobody but agents and recorders has been for long.</summary>
    internal static CallEffect? Abandoned(PolicyContext context) =>
        context.State.RoomMayLive && context.State.Rooms.All.Any(room => room.Abandoned is not null) ? Next(context) : null;

    private static CallEffect.DeleteRoom Next(PolicyContext context) => new(context.NextRound(CallEffect.DeleteRoom.ClaimPrefix));

    /// <summary>
    /// The earliest time to delete the room: end + grace; at once if a caller is connected with nobody to talk to; never before in-flight
    /// dispatch claims expire, because CreateDispatch would recreate the room.
    /// </summary>
    private static DateTimeOffset EarliestDeletion(PolicyContext context)
    {
        var state = context.State;
        var end = state.End!;
        var grace = context.Timeouts.RoomGrace;
        if (state.LiveCallers.Any())
        {
            var hearsNobody = end.Result is EndCause.NoAgent or EndCause.HumanHangup or EndCause.MaxDuration or EndCause.Closed
                || state.LiveCallers.Any(leg => leg.Since > end.At);
            grace = hearsNobody ? TimeSpan.Zero : grace < EndRules.RejoinWindow ? grace : EndRules.RejoinWindow;
        }

        var due = end.At + grace;
        var inFlight = state.Dispatches
            .Select(dispatch => dispatch.Claim)
            .Where(claim => claim.Status == ClaimStatus.Intent)
            .Max(claim => claim.Until);
        return inFlight > due ? inFlight.Value : due;
    }
}
