using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Calls.Succession;

/// <summary>
/// Gives each caller who comes into the room of a call that is over a call of their own: its events are stored again in that call's
/// journal, under the same ids, so that doing it twice changes nothing.
/// </summary>
/// <param name="journal">Holds the calls.</param>
/// <param name="ingest">Takes an event of a successor in.</param>
public sealed class CallSuccessors(ICallJournal journal, Func<ReceivedEvent, CancellationToken, ValueTask<AppendOutcome>> ingest)
{
    /// <summary>Hands on what the successors do not know yet. The result is the id of the last one.</summary>
    public async Task<EffectOutcome> HandOnAsync(EffectContext context, CallEffect.HandOn effect, CancellationToken cancellationToken)
    {
        var state = context.State;
        var successors = new List<(DateTimeOffset From, CallHistory History, List<CallEvent> News)>();
        var callOfLeg = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var caller in state.LaterCallers)
        {
            var isTheirs = successors.Count > 0 && !IsOverBefore(successors[^1].History, caller);
            callOfLeg[caller.Sid] = isTheirs ? successors.Count - 1 : successors.Count;
            if (isTheirs)
            {
                continue;
            }

            var id = CallId.ForSuccessor(state.CallId, caller.Sid);
            var began = (caller.Joined ?? caller.Left)!;
            successors.Add((
                began.At,
                await journal.ReadAsync(id, cancellationToken),
                [InferredEvents.Follows(state.CallId, began.Room!, began.At)]));
        }

        var events = (await journal.ReadAsync(state.CallId, cancellationToken)).Events;
        var since = successors[0].From;
        foreach (var happened in events.Where(happened => happened.Room is not null).OrderBy(happened => happened.At))
        {
            var leg = happened.Fact.AboutLeg ?? "";
            var isPlaced = callOfLeg.TryGetValue(leg, out var index);
            if (happened.At < since && !isPlaced)
            {
                // Of a caller whose joining was only inferred, something may have been heard before; of everybody else it is no news.
                continue;
            }

            if (happened.Fact is CallFact.RoomFinished)
            {
                successors.ForEach(successor => successor.News.Add(happened));
                continue;
            }

            if (state.Legs.Find(leg) is { } known && known.Since < since && IsEarlierCalls(known))
            {
                continue;
            }

            if (!isPlaced)
            {
                index = successors.FindLastIndex(successor => successor.From <= happened.At);
                if (leg.Length > 0)
                {
                    callOfLeg[leg] = index;
                }
            }

            successors[index].News.Add(happened);
        }

        foreach (var (_, history, news) in successors)
        {
            var known = history.Events.Select(stored => stored.Id).ToHashSet(StringComparer.Ordinal);
            foreach (var happened in news.Where(happened => !known.Contains(happened.Id)))
            {
                await ingest(new ReceivedEvent(history.CallId, happened, Tracking.Follow), cancellationToken);
            }
        }

        return new EffectOutcome.Done(successors[^1].History.CallId.Value);
    }

    /// <summary>
    /// Whether a leg that was there before the next caller is the earlier call's own. People whom others brought may talk with the next
    /// caller, too.
    /// </summary>
    private static bool IsEarlierCalls(LegState leg) => leg.Role is LegRole.Caller or LegRole.Agent or LegRole.Human;

    /// <summary>Whether a successor had ended before the next caller came, so that it is none of that caller's.</summary>
    private static bool IsOverBefore(CallHistory history, LegState caller) => CallState.Of(history).End?.At < caller.Since;
}
