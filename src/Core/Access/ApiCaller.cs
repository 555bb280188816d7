using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Http.Scopes;

namespace VoiceFunctions.Core.Access;

/// <summary>Who asks over the API, as an access token says; the credential of routes that take one.</summary>
/// <param name="Tenant">The tenant: calls of others do not exist for it.</param>
/// <param name="Scopes">What the token is good for.</param>
public sealed record ApiCaller(string Tenant, ApiScopes Scopes = ApiScopeWords.Default) : IScopedCredential, IOfTenant;
