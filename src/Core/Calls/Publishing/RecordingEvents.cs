using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit;

namespace VoiceFunctions.Core.Calls.Publishing;

/// <summary>
/// The lifecycle events of a call's recordings: each begins once, and comes to one of two ends. A surplus one has none, it is no recording
/// of the call. They carry no address of a file and no words of LiveKit's: the record has those.
/// </summary>
internal static class RecordingEvents
{
    /// <summary>Adds every event so far, in the order in which the recordings were begun.</summary>
    public static void Add(CallState state, List<LifecycleEvent> events)
    {
        foreach (var (unit, start) in state.RecordingClaims)
        {
            if (state.EgressOf(unit) is not { } egress)
            {
                if (RecordingQueries.NeverBegan(start))
                {
                    events.Add(Event(state, LifecycleEventName.RecordingFailed, unit, start.At) with { Cause = start.Result });
                }

                continue;
            }

            events.Add(Event(state, LifecycleEventName.RecordingStarted, egress, start.At));
            if (state.Recordings.Find(egress) is { Ended: { } ended, End: { } end })
            {
                var isReady = LiveKitEgressStatus.HasFile(end.Status);
                events.Add(Event(
                    state, isReady ? LifecycleEventName.RecordingReady : LifecycleEventName.RecordingFailed, egress, ended.At) with
                {
                    Cause = end.Status == LiveKitEgressStatus.Complete ? null : CauseOf(end),
                    Inferred = ended.Inferred,
                });
            }
        }
    }

    /// <summary>The status in a word of ours; one that a later server invents is <c>ended</c>.</summary>
    private static string CauseOf(CallFact.RecordingEnded end) => end.Status switch
    {
        LiveKitEgressStatus.LimitReached => "limit_reached",
        LiveKitEgressStatus.Aborted => "aborted",
        LiveKitEgressStatus.Failed => "failed",
        CallFact.RecordingEnded.Lost => "lost",
        _ => "ended",
    };

    private static LifecycleEvent Event(CallState state, string name, string key, DateTimeOffset at) =>
        LifecycleEvent.Of(state.CallId, name, key, at);
}
