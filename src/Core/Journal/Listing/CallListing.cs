using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Journal.Listing;

/// <summary>How a call stands in the list. It holds no personal data: what is shown of a call is its record.</summary>
/// <param name="Since">When the event was received that made it a call, UTC.</param>
/// <param name="Tenant">The tenant that asked for it, or by whose route it came; <c>null</c> where it is nobody's.</param>
public sealed record CallListing(DateTimeOffset Since, string? Tenant)
{
    /// <summary>The listing of a call by the first of some events that makes it a call; <c>null</c> where none does.</summary>
    public static CallListing? Of(IEnumerable<CallEvent> events) =>
        events.Where(callEvent => callEvent.Fact.MakesCall).Aggregate((CallEvent?)null, CallEvent.Earlier) is { } first
            ? new CallListing(first.At, first.Owner)
            : null;
}
