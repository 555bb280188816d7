using VoiceFunctions.Core.Calls.Publishing;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;

namespace VoiceFunctions.Core.Calls.Delivery;

/// <summary>What a call's journal says of deliveries.</summary>
public static class DeliveryTrail
{
    /// <summary>When an event was first to be offered to a destination; <c>null</c> where it never was.</summary>
    public static DateTimeOffset? FirstOffered(CallState state, string destination, LifecycleEvent happened) =>
        state.Claims.GetValueOrDefault(CallEffect.Deliver.ClaimKey(destination, LifecycleEvents.KeyOf(happened)))?.FirstBegunAt;

    /// <summary>The destinations that were offered something, in the order of their first claims.</summary>
    public static IReadOnlyList<string> DestinationsOf(CallState state) =>
    [
        .. state.Claims.Values
            .Where(claim => claim.Key.StartsWith(CallEffect.Deliver.ClaimPrefix, StringComparison.Ordinal))
            .OrderBy(claim => claim.FirstBegunAt)
            .ThenBy(claim => claim.Key, StringComparer.Ordinal)
            .Select(claim => claim.Key.Split(':')[1])
            .Distinct(StringComparer.Ordinal),
    ];
}
