using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Core.Settings;

/// <summary>The tenants whom the settings name. One whose keys are all stored is known to a route only where a setting names it too.</summary>
internal static class NamedTenants
{
    /// <summary>The settings that name tenants.</summary>
    public static string Sources { get; } = string.Join(
        ", ", SettingNames.ApiKeys, AccessSettingNames.EntraClients, AccessSettingNames.ApiScopes, SettingNames.TenantLimits);

    /// <summary>All of them.</summary>
    public static HashSet<string> Of(ApiKeys? keys, EntraSettings? entra, TenantScopes scopes, TenantLimits limits) =>
        [.. keys?.Tenants ?? [], .. entra?.Clients.Values ?? [], .. scopes.Named, .. limits.Named];

    /// <summary>The only tenant that can ask, whose the calls are that are nobody's; <c>null</c> where there are several, or none.</summary>
    /// <param name="keys">The keys of the settings.</param>
    /// <param name="entra">Whose tokens of Entra ID are taken.</param>
    /// <param name="owners">The tenants that have routes.</param>
    public static string? Only(ApiKeys? keys, EntraSettings? entra, IEnumerable<string> owners) =>
        keys?.Tenants is { Count: 1 } tenants
        && tenants.Single() is var only
        && owners.Concat(entra?.Clients.Values ?? []).All(named => named == only)
            ? only
            : null;
}
