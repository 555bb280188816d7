using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Access.Admin;

/// <summary>Revokes a tenant's key: <c>?id=</c> names it.</summary>
internal sealed partial class KeyRevokeHandler(ApiKeyDesk desk, ILogger<KeyRevokeHandler> logger) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.KeyRevoke;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (KeyAsker.TenantOf(Route, request, out var refusal) is not { } tenant)
        {
            return refusal!;
        }

        if (QueryText.Of(request.RawQuery)["id"] is not { } id || !ApiKeyText.IsId(id))
        {
            return Problem.BadParameter("The key's id is missing or none: ?id= and the 12 characters that the list shows.");
        }

        if (!await desk.RevokeAsync(tenant, id, cancellationToken))
        {
            return Problem.UnknownKey;
        }

        LogRevoked(id, tenant);
        return GatewayResponse.Json(200, new RevokedKeyAnswer(tenant, id, true), KeyJson.Default.RevokedKeyAnswer);
    }

    [LoggerMessage(1012, LogLevel.Information, "API key {Key} of tenant {Tenant} was revoked")]
    private partial void LogRevoked(string key, string tenant);
}
