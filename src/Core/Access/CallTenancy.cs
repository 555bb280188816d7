using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal.Listing;

namespace VoiceFunctions.Core.Access;

/// <summary>
/// Whose a call is. A call that was asked for over the API is its tenant's, and one that came by phone is that of its route; what is
/// nobody's is the only tenant's, where there is one.
/// </summary>
/// <param name="only">The only tenant; <c>null</c> where there are several, or none.</param>
public sealed class CallTenancy(string? only)
{
    /// <summary>The tenant; <c>null</c> where the call is nobody's, so that only the operator sees it.</summary>
    public string? TenantOf(CallState state) => state.Tenant ?? only;

    /// <summary>Whether the calls that are nobody's are a tenant's.</summary>
    public bool OwnsUnowned(string tenant) => tenant == only;

    /// <summary>Whether a call may be shown to whoever brought a credential: everything to the operator, its own to a tenant.</summary>
    public bool MaySee(object? credential, CallState state) =>
        credential is not ApiCaller caller || caller.Tenant == TenantOf(state);

    /// <summary>The same of a call of the list.</summary>
    public bool MaySee(object? credential, CallListing call) =>
        credential is not ApiCaller caller || caller.Tenant == (call.Tenant ?? only);
}
