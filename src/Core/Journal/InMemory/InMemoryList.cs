using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal.Listing;

namespace VoiceFunctions.Core.Journal.InMemory;

/// <summary>The calls in the order of the list; touched only under the journal's gate.</summary>
internal sealed class InMemoryList
{
    private static readonly CallPlace Newest = new(DateTimeOffset.MaxValue, Bound('2'));
    private static readonly CallPlace Oldest = new(DateTimeOffset.MinValue, Bound('z'));

    private readonly SortedSet<CallPlace> all = [];
    private readonly SortedSet<CallPlace> open = [];
    private readonly Dictionary<string, SortedSet<CallPlace>> byTenant = new(StringComparer.Ordinal);

    /// <summary>Puts a history where it now belongs.</summary>
    public void Update(CallId callId, InMemoryHistory history)
    {
        if (history.Listing is not { } listing)
        {
            return;
        }

        var place = new CallPlace(listing.Since, callId);
        all.Add(place);
        if (listing.Tenant is { } tenant)
        {
            OfTenant(tenant).Add(place);
        }

        _ = history.IsOpen ? open.Add(place) : open.Remove(place);
    }

    /// <summary>A history is forgotten.</summary>
    public void Remove(CallId callId, InMemoryHistory history)
    {
        if (history.Listing is { } listing)
        {
            var place = new CallPlace(listing.Since, callId);
            all.Remove(place);
            open.Remove(place);
            if (listing.Tenant is { } tenant)
            {
                OfTenant(tenant).Remove(place);
            }
        }
    }

    /// <summary>The places among which the calls are that a query asks for, the newest first.</summary>
    public IEnumerable<CallPlace> Behind(CallQuery query)
    {
        var places = query.HasEnded == false ? open : query is { Tenant: { } tenant, IncludesUnowned: false } ? OfTenant(tenant) : all;
        var after = query.Until is { } until && (query.After is null || query.After.Since >= until)
            ? new CallPlace(until.AddTicks(-1), Bound('2'))
            : query.After ?? Newest;
        return after > Oldest ? [] : places.GetViewBetween(after, Oldest);
    }

    private SortedSet<CallPlace> OfTenant(string tenant) =>
        byTenant.TryGetValue(tenant, out var places) ? places : byTenant[tenant] = [];

    /// <summary>The first or the last of all ids.</summary>
    private static CallId Bound(char character) => CallId.TryParse(new string(character, CallId.Length), out var bound)
        ? bound
        : throw new ArgumentException("No character of an id.", nameof(character));
}
