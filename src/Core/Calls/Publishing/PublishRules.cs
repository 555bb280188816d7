using VoiceFunctions.Core.Calls.Policy;

namespace VoiceFunctions.Core.Calls.Publishing;

/// <summary>When lifecycle events are published: as soon as there is one that the sink has not taken.</summary>
public static class PublishRules
{
    /// <summary>The events that are to be published now.</summary>
    internal static CallEffect? Due(PolicyContext context)
    {
        var unpublished = LifecycleEvents.Of(context.State)
            .Select(LifecycleEvents.KeyOf)
            .Where(key => context.IsFree(CallEffect.Publish.ClaimPrefix + key))
            .Take(CallEffect.Publish.MaxAtOnce)
            .ToList();
        return unpublished.Count > 0 ? new CallEffect.Publish(unpublished) : null;
    }
}
