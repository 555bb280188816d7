using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Access.Admin;

/// <summary>Lists a tenant's stored keys, without anything of their secrets.</summary>
internal sealed class KeyListHandler(ApiKeyDesk desk) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.KeyList;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (KeyAsker.TenantOf(Route, request, out var refusal) is not { } tenant)
        {
            return refusal!;
        }

        var keys = await desk.ListAsync(tenant, cancellationToken);
        return GatewayResponse.Json(
            200,
            new KeyListAnswer([.. keys.Select(key => new KeyAnswer(key.Tenant, key.Id, key.MadeAt))]),
            KeyJson.Default.KeyListAnswer);
    }
}
