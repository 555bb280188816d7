using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Core.Calls.Recordings;

/// <summary>Asks LiveKit how a call's recordings are, where webhooks are overdue: LiveKit drops webhooks for good.</summary>
public sealed class RecordingWatch(ILiveKitApi liveKit, RoomNaming naming)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Gives the events that the journal lacks. A recording of which LiveKit has no end for too long, or of which it cannot be asked, is
    /// lost.
    /// </summary>
    public async Task<EffectOutcome> LookUpAsync(
        EffectContext context, CallEffect.LookUpRecordings effect, CancellationToken cancellationToken)
    {
        var (state, now) = (context.State, context.Now);
        var outcome = await liveKit.ListEgressAsync(state.Rooms.Name ?? naming.NameOf(state.CallId), cancellationToken);
        var facts = outcome is LiveKitOutcome<IReadOnlyList<LiveKitEgress>>.Ok { Value: var listed }
            ? FactsOf(state, listed).ToList()
            : null;
        var learnt = News(state, facts ?? [], now).ToList();
        var over = (facts ?? []).OfType<CallFact.RecordingEnded>().Select(ended => ended.EgressId).ToHashSet(StringComparer.Ordinal);
        learnt.AddRange(
            from recording in state.Recordings.All
            where recording.GoesOn && !over.Contains(recording.EgressId) && RecordingRules.LostAt(state, recording) <= now
            let lost = new CallFact.RecordingEnded(recording.EgressId, recording.File, CallFact.RecordingEnded.Lost)
            select InferredEvents.Recording(lost, now));
        return facts is null && learnt.Count == 0
            ? new EffectOutcome.TryAgain(Retry, "list_egress")
            : new EffectOutcome.Done("asked") { Learnt = learnt };
    }

    /// <summary>What LiveKit's list says of a call's own recordings.</summary>
    internal static IEnumerable<CallFact> FactsOf(CallState state, IEnumerable<LiveKitEgress> listed) => listed
        .OrderBy(egress => egress.EgressId, StringComparer.Ordinal)
        .Select(RecordingFacts.Of)
        .OfType<CallFact>()
        .Where(fact => FileOf(fact).CallId == state.CallId.Value);

    /// <summary>The events of facts that the journal does not know.</summary>
    internal static IEnumerable<CallEvent> News(CallState state, IEnumerable<CallFact> facts, DateTimeOffset now)
    {
        foreach (var fact in facts)
        {
            var known = state.Recordings.Find(EgressOf(fact));
            if (fact is CallFact.RecordingStarted started && (started.IsActive ? known?.Active : known?.Started) is null)
            {
                yield return InferredEvents.Recording(started, now);
            }
            else if (fact is CallFact.RecordingEnded ended && (known?.End is null or { Status: CallFact.RecordingEnded.Lost }))
            {
                yield return InferredEvents.Recording(ended, now);
            }
        }
    }

    internal static RecordingFile FileOf(CallFact fact) => fact switch
    {
        CallFact.RecordingStarted { File: var file } => file,
        CallFact.RecordingEnded { File: var file } => file,
        _ => throw new ArgumentException("It is not about a recording.", nameof(fact)),
    };

    internal static string EgressOf(CallFact fact) => fact switch
    {
        CallFact.RecordingStarted { EgressId: var id } => id,
        CallFact.RecordingEnded { EgressId: var id } => id,
        _ => throw new ArgumentException("It is not about a recording.", nameof(fact)),
    };
}
