using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Delivery;

/// <summary>What a call's journal says of deliveries.</summary>
internal static class DeliveryTrail
{
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
