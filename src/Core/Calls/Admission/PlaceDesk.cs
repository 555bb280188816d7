using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Calls.Admission;

/// <summary>
/// Takes and gives back the places that a call needs: one of its route's, one of its tenant's. A call whose journal says that it is over
/// loses its places to whoever needs one, so that nothing that was forgotten stays taken.
/// </summary>
/// <param name="places">The places.</param>
/// <param name="journal">Tells which calls are over.</param>
/// <param name="timeProvider">Tells how long a place is held.</param>
public sealed class PlaceDesk(CallPlaces places, ICallJournal journal, TimeProvider timeProvider)
{
    /// <summary>
    /// How long a call may hold a place before its journal knows of it: whoever asks for a call takes its place first.
    /// </summary>
    public static TimeSpan Unrecorded { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Takes the places that a call needs, or keeps those it has: all of them or none.</summary>
    /// <returns>Whether it has them, and why not.</returns>
    /// <exception cref="JournalUnavailableException">The store is away; places may be taken.</exception>
    public async Task<(PlaceAnswer Answer, string? Reason)> TakeAsync(CallId callId, Route route, CancellationToken cancellationToken)
    {
        var terms = route.Timeouts.Admission;
        if (terms.RouteCalls is { } ofRoute
            && await TakeAsync(OfRoute(route.Name), ofRoute) is var first and not PlaceAnswer.Taken)
        {
            return (first, AdmissionReason.RouteLimit);
        }

        if (terms is { TenantCalls: { } ofTenant, Tenant: { } tenant }
            && await TakeAsync(OfTenant(tenant), ofTenant) is var second and not PlaceAnswer.Taken)
        {
            // One that cannot be given back now is given back at the call's end, or taken from it then.
            _ = terms.RouteCalls is null || await places.LeaveAsync(OfRoute(route.Name), callId.Value, cancellationToken);
            return (second, AdmissionReason.TenantLimit);
        }

        return (PlaceAnswer.Taken, null);

        Task<PlaceAnswer> TakeAsync(string scope, int limit) =>
            places.TakeAsync(scope, limit, callId.Value, IsOverAsync, cancellationToken);
    }

    /// <summary>Gives back what a call may hold.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="route">Its route now.</param>
    /// <param name="verdict">What it holds as it was written down; <c>null</c> where that was not.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>Whether it holds nothing now.</returns>
    /// <exception cref="JournalUnavailableException">The store is away.</exception>
    public async Task<bool> LeaveAsync(
        CallId callId, Route route, CallFact.CallScreened? verdict, CancellationToken cancellationToken)
    {
        var terms = route.Timeouts.Admission;
        var ofRoute = verdict?.RoutePlace ?? (terms.RouteCalls is null ? null : route.Name);
        var ofTenant = verdict?.TenantPlace ?? terms.Tenant;
        return (ofRoute is null || await places.LeaveAsync(OfRoute(ofRoute), callId.Value, cancellationToken))
            & (ofTenant is null || await places.LeaveAsync(OfTenant(ofTenant), callId.Value, cancellationToken));
    }

    /// <summary>Whose places those of a route are.</summary>
    public static string OfRoute(string name) => $"route:{name}";

    /// <summary>Whose places those of a tenant are.</summary>
    public static string OfTenant(string tenant) => $"tenant:{tenant}";

    private async Task<bool> IsOverAsync(string holder, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (!CallId.TryParse(holder, out var callId))
        {
            return true;
        }

        var history = await journal.ReadAsync(callId, cancellationToken);
        return history.Events.Count == 0
            ? since + Unrecorded <= timeProvider.GetUtcNow()
            : CallState.Of(history).End is not null;
    }
}
