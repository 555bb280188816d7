using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.State.Recorded;

namespace VoiceFunctions.Core.Calls.Recordings;

/// <summary>
/// When a call is recorded: once it is answered and the caller agrees where the route asks for that, until its end or until somebody wants
/// no recording. Nothing here keeps anybody in the call waiting.
/// </summary>
public static class RecordingRules
{
    /// <summary>How long after its start a recording may be silent before LiveKit is asked whether it records.</summary>
    public static TimeSpan StartWord { get; } = TimeSpan.FromSeconds(15);

    /// <summary>How long after its stop its end may be silent before LiveKit is asked: the file has to be written first.</summary>
    public static TimeSpan EndWord { get; } = TimeSpan.FromSeconds(20);

    /// <summary>How long after one question the next one is asked.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after its stop a recording of which LiveKit has no end counts as failed.</summary>
    public static TimeSpan LostAfter { get; } = TimeSpan.FromMinutes(15);

    /// <summary>How long after the end the room waits for recordings to be stopped; its grace may let it live longer.</summary>
    public static TimeSpan StopPatience { get; } = TimeSpan.FromSeconds(4);

    /// <summary>For how many attempts the room waits until a claim is free whose holder died.</summary>
    private const int HeldAttempts = 2;

    /// <summary>While the call goes on: what should not be recorded is stopped first.</summary>
    internal static CallEffect? DuringCall(PolicyContext context)
    {
        var plan = RecordingPlan.Of(context.State, context.Timeouts.Recording);
        if (plan == RecordingPlan.Nothing)
        {
            return null;
        }

        AskForTracks(context, plan);
        return (CallEffect?)Stop(context, plan)
            ?? FirstFree(context, plan.Wanted)
            ?? FirstFree(context, plan.Unsettled)
            ?? (CallEffect?)LookUp(context);
    }

    /// <summary>After the end, before the room is deleted, which would cut the last words off.</summary>
    internal static CallEffect? BeforeDeletion(PolicyContext context) => HoldsRoom(context) ? Settle(context) : null;

    /// <summary>After the end, what is left.</summary>
    internal static CallEffect? AfterEnd(PolicyContext context) => Settle(context) ?? LookUp(context);

    /// <summary>
    /// Whether the room waits with its deletion: each recording is told to stop before, at least once, and for <see cref="StopPatience"/>
    /// again where that failed. Whoever began to stop one and died is waited for until the claim is free, but not where a human whom we
    /// called sits there alone.
    /// </summary>
    internal static bool HoldsRoom(PolicyContext context)
    {
        var (state, patience) = (context.State, context.State.End!.At + StopPatience);
        var plan = RecordingPlan.Of(state, context.Timeouts.Recording);
        var holds = plan.Unsettled.Count > 0 && !context.IsDue(patience);
        foreach (var recording in plan.Unwanted)
        {
            holds |= state.StopOf(recording.EgressId) switch
            {
                null => true,
                { Status: ClaimStatus.Intent, Attempt: <= HeldAttempts, Until: { } until } when !state.LiveHumans.Any() =>
                    Waits(context, until),
                { Status: ClaimStatus.Intent or ClaimStatus.Failed } => !context.IsDue(patience),
                _ => false,
            };
        }

        return holds;
    }

    /// <summary>When a recording of the call counts as failed if LiveKit has no end of it; <c>null</c> while it is to go on.</summary>
    internal static DateTimeOffset? LostAt(CallState state, RecordingState recording) => StoppedAt(state, recording) + LostAfter;

    /// <summary>Somebody is there who should be recorded and of whom no track was reported: LiveKit lists what they publish.</summary>
    private static void AskForTracks(PolicyContext context, RecordingPlan plan)
    {
        if (plan.IsOn && context.Timeouts.Recording!.BySeparateTracks)
        {
            foreach (var leg in context.State.LiveCallers.Where(leg => leg.Tracks.IsEmpty))
            {
                context.ReconcileAt(leg.Since!.Value + ReconcileRules.WhileWaiting);
            }
        }
    }

    private static CallEffect? Settle(PolicyContext context)
    {
        var plan = RecordingPlan.Of(context.State, context.Timeouts.Recording);
        return plan == RecordingPlan.Nothing ? null : (CallEffect?)Stop(context, plan) ?? FirstFree(context, plan.Unsettled);
    }

    private static CallEffect.StopRecordings? Stop(PolicyContext context, RecordingPlan plan)
    {
        var unwanted = plan.Unwanted
            .Concat(context.State.Recordings.All.Where(recording => IsStopUnsettled(context.State, recording)))
            .Select(recording => recording.EgressId)
            .Where(id => context.IsFree(CallEffect.StopRecordings.ClaimPrefix + id))
            .Take(RecordingPlan.MaxRecordings)
            .ToList();
        return unwanted.Count > 0 ? new CallEffect.StopRecordings(unwanted) : null;
    }

    /// <summary>A stop that a crashed host left open, of a recording that is over.</summary>
    private static bool IsStopUnsettled(CallState state, RecordingState recording) =>
        !recording.GoesOn && state.StopOf(recording.EgressId) is { Status: ClaimStatus.Intent or ClaimStatus.Failed };

    private static CallEffect.StartRecording? FirstFree(PolicyContext context, IEnumerable<CallEffect.StartRecording> effects) =>
        effects.FirstOrDefault(context.TryBegin);

    /// <summary>LiveKit is asked where a webhook is overdue: that a recording records, or that it is over.</summary>
    private static CallEffect.LookUpRecordings? LookUp(PolicyContext context)
    {
        var state = context.State;
        var asked = state.RecordingsAskedAt;
        var isDue = false;
        foreach (var recording in state.Recordings.All.Where(recording => recording.GoesOn))
        {
            var overdue = StoppedAt(state, recording) is { } stopped ? stopped + EndWord
                : recording.Active is null ? recording.Since + StartWord
                : (DateTimeOffset?)null;
            if (overdue is not { } due)
            {
                continue;
            }

            // A recording that does not begin is asked about once; one that does not end, until it counts as lost.
            var next = asked < due ? due : StoppedAt(state, recording) is null ? (DateTimeOffset?)null : asked + Pause;
            isDue |= next is { } time && context.IsDue(time);
        }

        var lookUp = new CallEffect.LookUpRecordings();
        return isDue && context.TryBegin(lookUp) ? lookUp : null;
    }

    /// <summary>Since when a recording should be over; <c>null</c> while it is to go on.</summary>
    private static DateTimeOffset? StoppedAt(CallState state, RecordingState recording)
    {
        var (stop, end) = (state.StopOf(recording.EgressId)?.At, state.End?.At);
        return stop > end || end is null ? stop : end;
    }

    /// <summary>The claim is held until then; after that it is free, and the recording is stopped before anything else is done.</summary>
    private static bool Waits(PolicyContext context, DateTimeOffset until)
    {
        context.IsDue(until);
        return true;
    }
}
