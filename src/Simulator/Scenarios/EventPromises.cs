using VoiceFunctions.Core.Calls.Delivery;
using VoiceFunctions.Simulator.Receivers;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>What a gateway promises to a system that hears of events, judged by what that system took.</summary>
public static class EventPromises
{
    /// <summary>Those that were not kept to one call, in words.</summary>
    /// <param name="happened">What happened to the call.</param>
    /// <param name="received">What the receiver took of it, in order.</param>
    public static IEnumerable<string> Broken(IReadOnlyList<Happening> happened, IReadOnlyList<ReceivedEvent> received)
    {
        var known = happened.ToDictionary(one => one.Id, StringComparer.Ordinal);
        foreach (var lost in happened.Where(one => received.All(other => other.Id != one.Id)))
        {
            yield return $"the receiver never got {lost.Name} ({lost.Id})";
        }

        foreach (var strange in received.Where(one => !known.ContainsKey(one.Id)))
        {
            yield return $"the receiver got {strange.Id}, which did not happen";
        }

        foreach (var other in received.Where(one => one.WebhookId != one.Id))
        {
            yield return $"{other.Id} came under the id {other.WebhookId}";
        }

        foreach (var id in received.GroupBy(one => one.Id).Where(alike => IsAtOneTime([.. alike])).Select(alike => alike.Key))
        {
            yield return $"two hosts offered {id} at one time";
        }

        // As it was told then: what is learnt later may change when something happened.
        ReceivedEvent[] order = [.. received.DistinctBy(one => one.Id).Where(one => known.ContainsKey(one.Id))];
        foreach (var (index, one) in order.Index())
        {
            foreach (var other in order.Skip(index + 1).Where(later =>
                later.Time < one.Time && known[later.Id].FirstOffered <= known[one.Id].FirstOffered))
            {
                yield return $"{one.Id} overtook {other.Id}";
            }
        }
    }

    /// <summary>
    /// It may come again, under its id, when whoever offered it had no answer; but whoever offers it again has waited for that answer, or
    /// for the lease of one who died.
    /// </summary>
    private static bool IsAtOneTime(IReadOnlyList<ReceivedEvent> alike) =>
        alike.Zip(alike.Skip(1), (one, next) => next.ReceivedAt - one.ReceivedAt).Any(gap => gap < EventCourier.PatienceDuringCall / 2);
}
