using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Access;

/// <summary>
/// Whose a call is. A call that was asked for over the API is its tenant's; one that came by phone is that of the only tenant, where there
/// is one.
/// </summary>
/// <param name="keys">The tenants; <c>null</c> where there are none.</param>
public sealed class CallTenancy(ApiKeys? keys)
{
    private readonly string? only = keys?.Tenants is { Count: 1 } tenants ? tenants.Single() : null;

    /// <summary>The tenant; <c>null</c> where the call is nobody's, so that only the operator sees it.</summary>
    public string? TenantOf(CallState state) => state.Requests.Tenant ?? only;

    /// <summary>Whether the calls that no tenant asked for are a tenant's.</summary>
    public bool OwnsUnowned(string tenant) => tenant == only;

    /// <summary>Whether a call may be shown to whoever brought a credential: everything to the operator, its own to a tenant.</summary>
    public bool MaySee(object? credential, CallState state) =>
        credential is not ApiCaller caller || caller.Tenant == TenantOf(state);
}
