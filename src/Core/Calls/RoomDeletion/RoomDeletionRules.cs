using VoiceFunctions.Core.Calls.Ending;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.RoomDeletion;

/// <summary>When the room is deleted.</summary>
public static class RoomDeletionRules
{
    /// <summary>
    /// After the end. Not where the room is in use: the next caller's call deletes it, and other people keep it until they leave.
    /// </summary>
    internal static CallEffect? AfterEnd(PolicyContext context)
    {
        var state = context.State;
        if (!state.RoomMayLive || state.LaterCallers.Any())
        {
            return null;
        }

        if (state.IsRoomTheirs)
        {
            context.ReconcileAt(EarliestDeletion(context));
            context.ReconcileEvery(ReconcileRules.WhileTalking);
            return null;
        }

        return context.IsDue(EarliestDeletion(context)) ? Next(context) : null;
    }

    /// <summary>A room of ours that never became a call, and in which nobody but agents and recorders has been for long.</summary>
    internal static CallEffect? Abandoned(PolicyContext context) =>
        context.State.RoomMayLive && context.State.Rooms.All.Any(room => room.Abandoned is not null) ? Next(context) : null;

    private static CallEffect.DeleteRoom Next(PolicyContext context) => new(context.NextRound(CallEffect.DeleteRoom.ClaimPrefix));

    /// <summary>
    /// The earliest time to delete the room: end + grace; at once if a caller, or a human whom we dialled, is connected with nobody to talk
    /// to; never before in-flight claims expire that would recreate the room.
    /// </summary>
    private static DateTimeOffset EarliestDeletion(PolicyContext context)
    {
        var state = context.State;
        var end = state.End!;
        var grace = context.Timeouts.RoomGrace;
        if (state.LiveCallers.Any())
        {
            var hearsNobody = end.Result
                is EndCause.NoAgent or EndCause.HumanHangup or EndCause.AgentFinished or EndCause.MaxDuration or EndCause.Closed
                    or EndCause.NoAnswer or EndCause.AnsweredByMachine
                || state.LiveCallers.Any(leg => leg.Since > end.At);
            grace = hearsNobody ? TimeSpan.Zero : grace < EndRules.RejoinWindow ? grace : EndRules.RejoinWindow;
        }
        else if (state.LiveHumans.Any() || state.Callees.Any(state.IsLive))
        {
            grace = TimeSpan.Zero;
        }

        var due = end.At + grace;
        var inFlight = state.Dispatches
            .Select(dispatch => dispatch.Claim)
            .Append(state.HumanCall)
            .Concat(state.RoomFillers)
            .Where(claim => claim is { Status: ClaimStatus.Intent })
            .Max(claim => claim!.Until);
        return inFlight > due ? inFlight.Value : due;
    }
}
