using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Access.Admin;

/// <summary>Revokes a tenant's key: <c>?id=</c> names it.</summary>
internal sealed partial class KeyRevokeHandler(ApiKeyDesk desk, ILogger<KeyRevokeHandler> logger)
    : TenantKeyHandler(GatewayRoutes.KeyRevoke)
{
    /// <inheritdoc/>
    protected override async ValueTask<GatewayResponse> AnswerAsync(
        string tenant, GatewayRequest request, CancellationToken cancellationToken)
    {
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
