using VoiceFunctions.Core.Calls.Policy;

namespace VoiceFunctions.Core.Calls.Publishing;

/// <summary>When lifecycle events are published: as soon as there is one that the sink has not taken.</summary>
public static class PublishRules
{
    /// <summary>The events that are to be published now.</summary>
    internal static CallEffect? Due(PolicyContext context)
    {
        List<string>? unpublished = null;
        foreach (var lifecycleEvent in LifecycleEvents.Of(context.State))
        {
            var key = LifecycleEvents.KeyOf(lifecycleEvent);
            if (context.IsFree(CallEffect.Publish.ClaimPrefix + key))
            {
                (unpublished ??= []).Add(key);
                if (unpublished.Count == CallEffect.Publish.MaxAtOnce)
                {
                    break;
                }
            }
        }

        return unpublished is null ? null : new CallEffect.Publish(unpublished);
    }
}
