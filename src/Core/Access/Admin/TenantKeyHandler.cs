using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Access.Admin;

/// <summary>
/// Answers a request about a tenant's keys: with an access token of scope admin its own tenant's, with the operator's key any tenant's.
/// </summary>
/// <param name="route">The route; its path names the tenant.</param>
internal abstract class TenantKeyHandler(GatewayRoute route) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => route;

    /// <inheritdoc/>
    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var tenant = Route.ParameterOf(request.RawPath);
        return !TenantName.IsOne(tenant)
                ? new(Problem.BadParameter("A tenant's name has 1 to 64 letters, digits, '_' and '-'."))
            : request.Credential is ApiCaller caller && caller.Tenant != tenant ? new(Problem.OtherTenant)
            : AnswerAsync(tenant, request, cancellationToken);
    }

    /// <summary>Answers for a tenant about which whoever asks may ask.</summary>
    protected abstract ValueTask<GatewayResponse> AnswerAsync(
        string tenant, GatewayRequest request, CancellationToken cancellationToken);
}
