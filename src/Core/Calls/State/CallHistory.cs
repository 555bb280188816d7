using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>Everything that the journal holds of one call.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Version">What a change must name to be accepted; opaque, from the journal that gave the story.</param>
/// <param name="Events">The events in no particular order, each id once.</param>
/// <param name="Claims">The claims in no particular order, each key once.</param>
public sealed record CallHistory(CallId CallId, string Version, IReadOnlyList<CallEvent> Events, IReadOnlyList<EffectClaim> Claims)
{
    /// <summary>Whether the journal holds nothing of the call.</summary>
    public bool IsEmpty => Events.Count == 0 && Claims.Count == 0;
}
