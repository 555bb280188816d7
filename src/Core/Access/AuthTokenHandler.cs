using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Access;

/// <summary>Gives a tenant that shows its API key an access token.</summary>
/// <param name="keys">The tenants' keys; <c>null</c> where there are none.</param>
/// <param name="tokens">Issues the tokens; <c>null</c> where there are no keys.</param>
public sealed class AuthTokenHandler(ApiKeys? keys, ApiTokens? tokens) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.AuthToken;

    /// <inheritdoc/>
    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken) => new(Answer(request));

    private GatewayResponse Answer(GatewayRequest request)
    {
        if (keys is null || tokens is null)
        {
            return Problem.ApiClosed;
        }

        if (JsonRequest.Read(request.Body, AuthTokenJson.Default.AuthTokenRequest, out var error) is not { } asked)
        {
            return Problem.BadParameter(error);
        }

        if (asked is not { TenantId: { Length: > 0 } tenant, ApiKey: { Length: > 0 } key })
        {
            return Problem.BadParameter("tenant_id and api_key are needed.");
        }

        return keys.Opens(tenant, key)
            ? GatewayResponse.Json(
                200,
                new AuthTokenAnswer(tokens.Issue(tenant), "Bearer", (int)ApiTokens.Lifetime.TotalSeconds),
                AuthTokenJson.Default.AuthTokenAnswer)
            : Problem.BadApiKey;
    }
}

internal sealed record AuthTokenRequest(string? TenantId, string? ApiKey);

internal sealed record AuthTokenAnswer(string AccessToken, string TokenType, int ExpiresIn);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuthTokenRequest))]
[JsonSerializable(typeof(AuthTokenAnswer))]
internal sealed partial class AuthTokenJson : JsonSerializerContext;
