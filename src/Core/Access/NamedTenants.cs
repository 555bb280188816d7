using VoiceFunctions.Core.Limits;

namespace VoiceFunctions.Core.Access;

/// <summary>
/// The tenants whom the settings name. One whose keys are all stored is known to a route only where a setting names it too.
/// </summary>
internal static class NamedTenants
{
    /// <summary>All of them.</summary>
    /// <param name="keys">The keys of the settings.</param>
    /// <param name="clients">The tenants of another issuer's applications.</param>
    /// <param name="scopes">What each may do.</param>
    /// <param name="limits">How much of it.</param>
    public static HashSet<string> Of(ApiKeys? keys, IEnumerable<string> clients, TenantScopes scopes, TenantLimits limits) =>
        [.. keys?.Tenants ?? [], .. clients, .. scopes.Named, .. limits.Named];

    /// <summary>The only tenant that can ask, whose the calls are that are nobody's.</summary>
    /// <param name="keys">The keys of the settings.</param>
    /// <param name="others">Further tenants that the settings know of.</param>
    /// <returns>The tenant; <c>null</c> where there are several, or none.</returns>
    public static string? Only(ApiKeys? keys, IEnumerable<string> others) =>
        keys?.Tenants is { Count: 1 } tenants && tenants.Single() is var only && others.All(other => other == only) ? only : null;
}
