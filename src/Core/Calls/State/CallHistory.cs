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

    /// <summary>The history after a step that was written on this version.</summary>
    /// <param name="version">The version after the step.</param>
    /// <param name="claims">The claims of the step; each replaces the one with the same key.</param>
    /// <param name="events">The events of the step, none of which was known.</param>
    public CallHistory After(string version, IReadOnlyList<EffectClaim> claims, IReadOnlyList<CallEvent> events) => this with
    {
        Version = version,
        Events = events.Count == 0 ? Events : [.. Events, .. events],
        Claims = Replace(claims),
    };

    private List<EffectClaim> Replace(IReadOnlyList<EffectClaim> claims)
    {
        var all = new List<EffectClaim>(Claims.Count + claims.Count);
        foreach (var old in Claims)
        {
            if (!Holds(claims, old.Key))
            {
                all.Add(old);
            }
        }

        all.AddRange(claims);
        return all;
    }

    private static bool Holds(IReadOnlyList<EffectClaim> claims, string key)
    {
        for (var i = 0; i < claims.Count; i++)
        {
            if (claims[i].Key == key)
            {
                return true;
            }
        }

        return false;
    }
}
