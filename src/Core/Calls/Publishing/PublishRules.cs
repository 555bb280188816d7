using VoiceFunctions.Core.Calls.Policy;

namespace VoiceFunctions.Core.Calls.Publishing;

/// <summary>When lifecycle events are published: as soon as there is one that the sink has not taken.</summary>
public static class PublishRules
{
    /// <summary>The events that are to be published now.</summary>
    internal static CallEffect? Due(PolicyContext context)
    {
        List<string>? unpublished = null;
        foreach (var claimKey in LifecycleEvents.ClaimKeysOf(context.State))
        {
            if (context.IsFree(claimKey))
            {
                (unpublished ??= []).Add(claimKey[CallEffect.Publish.ClaimPrefix.Length..]);
                if (unpublished.Count == CallEffect.Publish.MaxAtOnce)
                {
                    break;
                }
            }
        }

        return unpublished is null ? null : new CallEffect.Publish(unpublished);
    }
}
