using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Http.Scopes;

namespace VoiceFunctions.Core.Access;

/// <summary>What each tenant may do over the API.</summary>
/// <param name="scopes">The tenants of whom something is said.</param>
public sealed class TenantScopes(IReadOnlyDictionary<string, ApiScopes> scopes)
{
    /// <summary>Nothing is said of any tenant.</summary>
    public static TenantScopes Defaults { get; } = new(new Dictionary<string, ApiScopes>());

    /// <summary>The tenants of whom something is said.</summary>
    public IEnumerable<string> Named => scopes.Keys;

    /// <summary>A tenant's scopes.</summary>
    public ApiScopes Of(string tenant) => scopes.GetValueOrDefault(tenant, ApiScopeWords.Default);
}
