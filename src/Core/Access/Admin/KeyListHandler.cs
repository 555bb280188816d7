using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Access.Admin;

/// <summary>Lists a tenant's stored keys, without anything of their secrets.</summary>
internal sealed class KeyListHandler(ApiKeyDesk desk) : TenantKeyHandler(GatewayRoutes.KeyList)
{
    /// <inheritdoc/>
    protected override async ValueTask<GatewayResponse> AnswerAsync(
        string tenant, GatewayRequest request, CancellationToken cancellationToken)
    {
        var keys = await desk.ListAsync(tenant, cancellationToken);
        return GatewayResponse.Json(
            200,
            new KeyListAnswer([.. keys.Select(key => new KeyAnswer(key.Tenant, key.Id, key.MadeAt))]),
            KeyJson.Default.KeyListAnswer);
    }
}
