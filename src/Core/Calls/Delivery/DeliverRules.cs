using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Publishing;

namespace VoiceFunctions.Core.Calls.Delivery;

/// <summary>
/// When lifecycle events go out to the destinations: as soon as there is one that a destination has not taken. Each destination has claims
/// of its own, so that one that is away keeps nothing from the others.
/// </summary>
internal static class DeliverRules
{
    /// <summary>The events that go out to one destination now.</summary>
    internal static CallEffect? Due(PolicyContext context) => context.Timeouts.Destinations.Count == 0
        ? null
        : context.Timeouts.Destinations.Select(destination => Due(context, destination)).FirstOrDefault(due => due is not null);

    /// <summary>
    /// What is due comes in the order in which it happened, behind what was offered before. Nothing overtakes an event that waits for its
    /// next attempt.
    /// </summary>
    private static CallEffect.Deliver? Due(PolicyContext context, string destination)
    {
        var claims = context.State.Claims;
        var left = LifecycleEvents.Of(context.State)
            .OrderBy(happened => happened.At)
            .Select(LifecycleEvents.KeyOf)
            .Select(key => (Key: key, Claim: claims.GetValueOrDefault(CallEffect.Deliver.ClaimKey(destination, key))))
            .Where(one => one.Claim is not { Status: ClaimStatus.Done or ClaimStatus.GivenUp })
            .OrderBy(one => one.Claim?.FirstBegunAt ?? DateTimeOffset.MaxValue)
            .Take(CallEffect.Deliver.MaxAtOnce)
            .ToList();

        // Every claim is looked at: the policy is asked again when the first one may be taken.
        var isFree = left.Count(one => one.Claim is null || context.IsFree(one.Claim.Key)) == left.Count;
        return left.Count > 0 && isFree ? new CallEffect.Deliver(destination, [.. left.Select(one => one.Key)]) : null;
    }
}
