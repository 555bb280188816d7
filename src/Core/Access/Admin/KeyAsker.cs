using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Access.Admin;

/// <summary>
/// Whose keys a request is about: with an access token of scope admin its own tenant's, with the operator's key any tenant's.
/// </summary>
internal static class KeyAsker
{
    /// <summary>The tenant; <c>null</c> with the answer where the path names none, or another than the token.</summary>
    public static string? TenantOf(GatewayRoute route, GatewayRequest request, out GatewayResponse? refusal)
    {
        var tenant = route.ParameterOf(request.RawPath);
        refusal = !TenantName.IsOne(tenant)
            ? Problem.BadParameter("A tenant's name has 1 to 64 letters, digits, '_' and '-'.")
            : request.Credential is ApiCaller caller && caller.Tenant != tenant ? Problem.OtherTenant : null;
        return refusal is null ? tenant : null;
    }
}
