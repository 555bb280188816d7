namespace VoiceFunctions.Core.Journal.Listing;

/// <summary>Which calls are asked for.</summary>
/// <param name="Limit">How many at most, from 1.</param>
public sealed record CallQuery(int Limit)
{
    /// <summary>Only calls that have ended, or only such that have not; <c>null</c> for both.</summary>
    public bool? HasEnded { get; init; }

    /// <summary>Only calls that the gateway has known since this time or later, UTC; <c>null</c> for all.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only calls that the gateway has known since before this time, UTC; <c>null</c> for all.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only calls of this tenant; <c>null</c> for all.</summary>
    public string? Tenant { get; init; }

    /// <summary>Also calls that are nobody's: they are the tenant's where it is the only one.</summary>
    public bool IncludesUnowned { get; init; }

    /// <summary>Only calls behind this place; <c>null</c> from the beginning.</summary>
    public CallPlace? After { get; init; }

    /// <summary>Whether a call that stands so is asked for, as far as that alone tells.</summary>
    public bool Fits(CallPlace place, string? tenant) =>
        !(place.Since < From)
        && !(place.Since >= Until)
        && (After is null || place > After)
        && (Tenant is null || Tenant == tenant || (IncludesUnowned && tenant is null));
}
