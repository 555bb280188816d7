using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Access;

/// <summary>Who asks over the API, as an access token says; the credential of routes that take one.</summary>
/// <param name="Tenant">The tenant: calls of others do not exist for it.</param>
public sealed record ApiCaller(string Tenant) : IOfTenant;
